"""Which names imitate which, which could be registered, and what is said of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from itertools import islice

import pytest

from flake8_hfmodels.facts import (
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.lookalikes import names
from flake8_hfmodels.lookalikes.existing import KEPT_BACK, Lookalike, of_owners, of_repos
from flake8_hfmodels.lookalikes.judging import more, originals, problems, publishers
from flake8_hfmodels.lookalikes.known import built_in, own
from flake8_hfmodels.lookalikes.letters import latin, neighbours
from flake8_hfmodels.lookalikes.resemblance import resemblance
from flake8_hfmodels.lookalikes.variants import IMITATION, Variant, variants
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Confidence, Reference, Target
from flake8_hfmodels.referring import refer
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource

LLAMA = "meta-llama/Llama-2-7b-hf"
FAKE = "meta-Ilama/Llama-2-7b-hf"
COPY = "somebody/Llama-2-7b-hf"
DROPPED = "metallama/Llama-2-7b-new"

# What a name imitates

STRONG, WEAK = True, False


@pytest.mark.parametrize(
    ("repo_id", "expected"),
    [
        pytest.param("meta-Ilama/x", ("homoglyph", "meta-llama/x", STRONG), id="I-for-l"),
        pytest.param("mistra1ai/x", ("homoglyph", "mistralai/x", STRONG), id="1-for-l"),
        pytest.param("0penai/x", ("homoglyph", "openai/x", STRONG), id="0-for-o"),
        pytest.param("rnicrosoft/x", ("homoglyph", "microsoft/x", STRONG), id="rn-for-m"),
        pytest.param("cleepseek-ai/x", ("homoglyph", "deepseek-ai/x", STRONG), id="cl-for-d"),
        pytest.param("mistarlai/x", ("transposition", "mistralai/x", STRONG), id="swapped"),
        pytest.param("nvdia/x", ("omission", "nvidia/x", STRONG), id="left-out"),
        pytest.param(
            "sentence-transformer/x", ("omission", None, STRONG), id="left-out-at-the-end"
        ),
        pytest.param("facebbook/x", ("doubling", "facebook/x", STRONG), id="doubled"),
        pytest.param("nicrosoft/x", ("keyboard", "microsoft/x", STRONG), id="key-beside"),
        pytest.param("facetook/x", ("substitution", "facebook/x", STRONG), id="any-letter"),
        pytest.param("openab/x", ("substitution", "openai/x", WEAK), id="any-letter-of-a-word"),
        pytest.param("facebooks/x", ("insertion", "facebook/x", STRONG), id="added"),
        pytest.param("googles/x", ("insertion", "google/x", WEAK), id="added-to-a-word"),
        pytest.param("mistral-ai/x", ("separator", "mistralai/x", WEAK), id="separator"),
        pytest.param("meta_llama/x", ("separator", "meta-llama/x", WEAK), id="other-separator"),
        pytest.param("mistral/x", ("imitation", "mistralai/x", WEAK), id="less"),
        pytest.param("the-openai/x", ("imitation", "openai/x", WEAK), id="in-front"),
        pytest.param("google-hf/x", ("imitation", "google/x", WEAK), id="behind"),
        pytest.param("openaiofficial/x", ("imitation", "openai/x", STRONG), id="official"),
        pytest.param("qwen-official/x", ("imitation", "Qwen/x", STRONG), id="short-and-official"),
        pytest.param("mistral-ai/Mistral-7B-v0.1", ("separator", None, STRONG), id="with-its-repo"),
        pytest.param("google-hf/gemma-2b", ("imitation", None, STRONG), id="behind-with-its-repo"),
        pytest.param(
            "sentance-transfomers/all-minilm-l6-v2",
            ("several letters", "sentence-transformers/all-MiniLM-L6-v2", STRONG),
            id="two-letters-with-its-repo",
        ),
        pytest.param("qwem/Qwen2-7B", ("keyboard", "Qwen/Qwen2-7B", STRONG), id="short-and-repo"),
        pytest.param("qewn/qwen2-7b", ("transposition", "Qwen/Qwen2-7B", STRONG), id="its-letters"),
        pytest.param("BAA1/bge-m3", ("homoglyph", "BAAI/bge-m3", STRONG), id="short-homoglyph"),
        pytest.param(COPY, ("same name", LLAMA, WEAK), id="same-name"),
        pytest.param(
            "met\u0430-llama/x", ("other alphabet", "meta-llama/x", STRONG), id="cyrillic"
        ),
        pytest.param("meta\u2010llama/x", ("other alphabet", "meta-llama/x", STRONG), id="hyphen"),
        pytest.param("openai/\u0445", ("other alphabet", "openai/x", STRONG), id="in-the-repo"),
        pytest.param("\uff4fpenai/x", ("other alphabet", "openai/x", STRONG), id="wide"),
    ],
)
def test_imitation(repo_id: str, expected: tuple[str, str | None, bool]) -> None:
    found = resemblance(repo_id)
    technique, original, is_strong = expected
    assert found is not None
    assert (found.technique, found.is_strong) == (technique, is_strong)
    assert original in (None, found.original)
    assert found.owner == found.original.partition("/")[0]


@pytest.mark.parametrize(
    "repo_id",
    [
        pytest.param(LLAMA, id="the-original"),
        pytest.param("META-LLAMA/x", id="in-capitals"),
        pytest.param("openai/whisper-tinny", id="his-own-affair"),
        pytest.param("gpt3", id="no-owner"),
        pytest.param("mistral-community/x", id="known-neighbour"),
        pytest.param("facebookresearch/x", id="known-neighbour-too"),
        pytest.param("your-org/Llama-2-7b-hf", id="placeholder"),
        pytest.param("lion/x", id="a-word"),
        pytest.param("qwem/x", id="short"),
        pytest.param("Baal/x", id="short-that-looks-the-same"),
        pytest.param("ab/x", id="shorter"),
        pytest.param("msitrlaai/x", id="two-letters"),
        pytest.param("someone/bloom", id="name-of-one-word"),
        pytest.param("\u043c\u043e\u0434\u0435\u043b\u044c/x", id="a-word-of-another-alphabet"),
        pytest.param("\u0430cme/x", id="looks-like-nobody"),
        pytest.param("./met\u0430/x/y", id="a-path"),
    ],
)
def test_no_imitation(repo_id: str) -> None:
    assert resemblance(repo_id) is None


def test_the_better_of_two_originals_is_named() -> None:
    known = own(("facebooka", "facebookb/model"))
    found = resemblance("facebookx/model", known)
    assert found is not None
    assert (found.original, found.is_strong) == ("facebookb/model", True)


def test_words_name_the_letters() -> None:
    words = {one: resemblance(one) for one in ("nvdia/x", "nicrosoft/x", "mistarlai/x")}
    assert {key: one.words for key, one in words.items() if one} == {
        "nvdia/x": "its owner 'nvdia' lacks a letter ('i') of 'nvidia'",
        "nicrosoft/x": "its owner 'nicrosoft' has 'n' for 'm' in 'microsoft'",
        "mistarlai/x": "its owner 'mistarlai' swaps two letters ('ra') of 'mistralai'",
    }


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("\u041d\u03bf\u0445", "Hox", id="letters"),
        pytest.param("\uff41\u2212b", "a-b", id="wide-and-minus"),
        pytest.param("\u042f", None, id="like-no-other"),
    ],
)
def test_latin(text: str, seen: str | None) -> None:
    assert latin(text) == seen


@pytest.mark.parametrize(
    ("key", "beside"),
    [("g", "fhtyvb"), ("q", "w12a"), ("m", "njk"), ("1", "2q"), ("-", "")],
)
def test_keyboard(key: str, beside: str) -> None:
    assert sorted(neighbours(key)) == sorted(beside)


# The names themselves


def test_names_could_be_on_the_hub() -> None:
    every = [*names.OWNERS, *names.NEIGHBOURS, *names.REPOS]
    assert [one for one in every if not is_repo_id(one)] == []


def test_names_are_there_once() -> None:
    for some in (names.OWNERS, names.REPOS):
        assert len({one.casefold() for one in some}) == len(some)


def test_owners_of_repos_are_known() -> None:
    owners = {one.casefold() for one in names.OWNERS}
    assert {one.partition("/")[0].casefold() for one in names.REPOS} <= owners


def test_besideare_no_originals_and_harmless() -> None:
    beside = {one.casefold() for one in names.NEIGHBOURS}
    assert not beside & built_in().owners.keys()
    assert beside <= built_in().harmless


# What could be registered


def test_variants_of_an_owner() -> None:
    first = list(islice(variants("meta-llama"), 7))
    assert first == [
        Variant("meta-llama-official", IMITATION),
        Variant("meta-1lama", "homoglyph"),
        Variant("metallama", "separator"),
        Variant("meta-llam", "omission"),
        Variant("emta-llama", "transposition"),
        Variant("mmeta-llama", "doubling"),
        Variant("neta-llama", "keyboard"),
    ]


def test_variants_of_a_repo_keep_its_name() -> None:
    made = list(variants("openai/whisper-tiny"))
    assert {one.name.partition("/")[2] for one in made} == {"whisper-tiny"}
    assert "0penai/whisper-tiny" in {one.name for one in made}


@pytest.mark.parametrize("name", ["mistralai", "EleutherAI/pythia-12b", "a", "01-ai", "a" * 96])
def test_variants_are_possible_others_each_once(name: str) -> None:
    made = [one.name.casefold() for one in variants(name)]
    assert len(made) == len(set(made))
    assert name.casefold() not in made
    assert all(map(is_repo_id, made))


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        pytest.param("mistralai", "mistral", id="less"),
        pytest.param("mistralai", "mistral-ai", id="separated"),
        pytest.param("EleutherAI", "Eleuther-AI", id="at-the-seam"),
        pytest.param("my-org", "rny-org", id="pair"),
        pytest.param("corn", "com", id="pair-together"),
    ],
)
def test_variant(name: str, variant: str) -> None:
    assert variant in {one.name for one in variants(name)}


def test_well_known_names_are_no_variants() -> None:
    assert "fal-ai" not in {one.name for one in variants("fal")}


def test_words_of_a_variant() -> None:
    assert Variant("x", "omission").words == "lacks a letter"


@pytest.mark.parametrize("name", [one for one in names.OWNERS if len(one) > 4][::10])
def test_variants_are_recognised(name: str) -> None:
    made = [one for one in variants(f"{name}/some-model") if one.technique != IMITATION]
    missed = [one.name for one in made if resemblance(one.name) is None]
    assert missed == []


# What is said

SHA = "a" * 40
DAY = 86_400


def aged(days: float) -> str:
    """The id of what was made so many days ago."""
    return f"{int(time.time() - days * DAY):08x}36468d709f17434d"


def repo(name: str, days: float, downloads: int | None, tags: tuple[str, ...] = ()) -> Repo:
    return Repo(name, aged(days), SHA, (), tags, downloads=downloads)


def references(text: str) -> tuple[Reference, ...]:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    found = refer(source, True, True, ())
    assert found is not None
    return tuple(found.references)


def loading(*ids: str) -> tuple[Reference, ...]:
    loads = "".join(f"AutoModel.from_pretrained({one!r})\n" for one in ids)
    return references(f"from transformers import AutoModel\n{loads}")


def target(repo_id: str) -> Target:
    return Target("model", repo_id, None)


def asked(facts: Mapping[str, Facts], target: Target) -> Facts:
    return facts.get(target.repo_id, Unavailable("not asked"))


def verdict(repo_id: str, facts: Mapping[str, Facts]) -> tuple[str, str | None] | None:
    """How sure it is of an id, and for whom; the persona of None is everybody's."""
    (ref,) = loading(repo_id)
    found = list(problems(ref, partial(asked, facts)))
    for one in found:
        assert one.confidence is not None
        return one.confidence.value, one.persona and one.persona.value
    return None


NOBODY = Missing(Lacking.REPO, Owner.GONE)
OLD = Found(repo(LLAMA, 900, 3_000_000))
OTHER = Found(repo("somebody/else", 900, 5))
VERIFIED = Publisher("meta-Ilama", "org", "b" * 24, is_verified=True)
HUMBLE = Publisher("meta-Ilama", "org", "b" * 24, is_verified=False)
REGULAR = "regular"
PEDANTIC = "pedantic"


@pytest.mark.parametrize(
    ("repo_id", "suspect", "original", "expected"),
    [
        pytest.param(FAKE, None, None, ("low", REGULAR), id="not-asked"),
        pytest.param(FAKE, NOBODY, None, ("medium", REGULAR), id="nobody's"),
        pytest.param(FAKE, NOBODY, NOBODY, ("medium", REGULAR), id="nobody's-either"),
        pytest.param(FAKE, NOBODY, OLD, ("high", REGULAR), id="nobody's-and-the-other-is-there"),
        pytest.param(
            FAKE,
            Missing(Lacking.REVISION, Owner.EXISTS),
            OLD,
            ("low", REGULAR),
            id="only-the-revision-is-missing",
        ),
        pytest.param(FAKE, Found(repo(FAKE, 9, 5)), OLD, ("high", REGULAR), id="young"),
        pytest.param(FAKE, Found(repo(FAKE, 9, 10**7)), OLD, ("high", REGULAR), id="made-up"),
        pytest.param(FAKE, Found(repo(FAKE, 400, 5)), OLD, ("high", REGULAR), id="hardly-loaded"),
        pytest.param(FAKE, Found(repo(FAKE, 400, 90_000)), OLD, ("medium", REGULAR), id="loaded"),
        pytest.param(FAKE, Found(repo(FAKE, 400, None)), OLD, ("medium", REGULAR), id="not-told"),
        pytest.param(FAKE, Found(repo(FAKE, 400, 300_000)), OLD, None, id="much-loaded"),
        pytest.param(FAKE, Found(repo(FAKE, 901, 5)), OLD, None, id="older"),
        pytest.param(FAKE, Found(repo(FAKE, 9, 5), publisher=VERIFIED), OLD, None, id="verified"),
        pytest.param(
            FAKE, Found(repo(FAKE, 9, 5), publisher=HUMBLE), OLD, ("high", REGULAR), id="unverified"
        ),
        pytest.param(FAKE, Found(repo(FAKE, 9, 5)), NOBODY, ("low", REGULAR), id="no-original"),
        pytest.param(FAKE, Found(repo(FAKE, 400, 20_000)), NOBODY, None, id="known-by-itself"),
        pytest.param(FAKE, Moved(OLD.repo, Owner.EXISTS), OLD, None, id="leads-to-the-original"),
        pytest.param(
            FAKE, Moved(OTHER.repo, Owner.EXISTS), OLD, ("high", REGULAR), id="leads-elsewhere"
        ),
        pytest.param(DROPPED, None, None, ("low", PEDANTIC), id="separator-not-asked"),
        pytest.param(DROPPED, NOBODY, None, ("low", PEDANTIC), id="separator-nobody's"),
        pytest.param(DROPPED, NOBODY, OLD, ("medium", REGULAR), id="separator-of-one-there"),
        pytest.param(
            DROPPED, Found(repo(DROPPED, 9, 5)), OLD, ("medium", REGULAR), id="separator-young"
        ),
        pytest.param(
            DROPPED,
            Found(repo(DROPPED, 400, 90_000)),
            OLD,
            ("low", PEDANTIC),
            id="separator-loaded",
        ),
        pytest.param(COPY, None, None, ("low", PEDANTIC), id="copy-not-asked"),
        pytest.param(COPY, NOBODY, OLD, ("low", PEDANTIC), id="copy-nobody's"),
        pytest.param(COPY, Found(repo(COPY, 9, 5)), OLD, ("medium", REGULAR), id="copy-young"),
        pytest.param(COPY, Found(repo(COPY, 400, 5)), OLD, ("low", PEDANTIC), id="copy-old"),
        pytest.param(COPY, Found(repo(COPY, 9, 90_000)), OLD, ("low", PEDANTIC), id="copy-loaded"),
        pytest.param(
            COPY,
            Found(repo(COPY, 9, 5, (f"base_model:quantized:{LLAMA}",))),
            OLD,
            None,
            id="copy-that-says-so",
        ),
    ],
)
def test_verdict(
    repo_id: str,
    suspect: Facts | None,
    original: Facts | None,
    expected: tuple[str, str | None] | None,
) -> None:
    found = resemblance(repo_id)
    assert found is not None
    facts = {repo_id: suspect, found.original: original}
    assert verdict(repo_id, {key: one for key, one in facts.items() if one}) == expected


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        pytest.param(
            {},
            f"its owner 'meta-Ilama' looks the same as 'meta-llama'; write {LLAMA!r} if that is"
            " meant, otherwise look who this is",
            id="not-asked",
        ),
        pytest.param(
            {FAKE: NOBODY, LLAMA: NOBODY},
            "its owner 'meta-Ilama' looks the same as 'meta-llama'; the Hub has no such repo; look"
            " who that is; 'meta-llama' has no such repo",
            id="neither",
        ),
        pytest.param(
            {
                FAKE: Found(Repo(FAKE, "66d10b8036468d709f17434d", SHA, (), downloads=7)),
                LLAMA: Found(Repo(LLAMA, "6220000036468d709f17434d", SHA, ())),
            },
            "its owner 'meta-Ilama' looks the same as 'meta-llama'; it is of 2024-08-30 with 7"
            f" downloads a month, {LLAMA!r} is older than the Hub's dates; write {LLAMA!r} if that"
            " is meant, otherwise look who this is",
            id="both",
        ),
    ],
)
def test_message(facts: Mapping[str, Facts], message: str) -> None:
    (ref,) = loading(FAKE)
    (found,) = problems(ref, partial(asked, facts))
    assert found.message == f"AutoModel.from_pretrained() loads {FAKE!r}: {message}"


def test_upload_is_the_uploaders_affair() -> None:
    text = f"from huggingface_hub import create_repo\ncreate_repo({FAKE!r})\n"
    (ref,) = references(text)
    assert list(problems(ref, partial(asked, {}))) == []


def test_what_only_an_auditor_hears_stays_with_him() -> None:
    (ref,) = loading(COPY)
    (found,) = problems(replace(ref, persona=Persona.AUDITOR), partial(asked, {}))
    assert found.persona is Persona.AUDITOR


def test_where_a_repo_is_not_certain_everybody_is_whom_the_reference_is_for() -> None:
    (ref,) = references(f"import transformers\nMODELS = [{FAKE!r}]\n")
    (found,) = problems(ref, partial(asked, {}))
    assert (found.persona, found.confidence) == (None, Confidence.LOW)


def test_other_letters_are_found_in_what_is_taken_for_a_path() -> None:
    refs = loading("met\u0430-llama/Llama-2-7b-hf")
    (found,) = problems(refs[0], partial(asked, {}))
    assert found.what.endswith("U+0430 in it only looks like ASCII")
    assert list(originals(refs)) == []
    assert list(publishers(refs)) == []


def test_what_is_to_be_asked() -> None:
    refs = loading(FAKE, FAKE, COPY, LLAMA, "acrne/model")
    assert list(originals(refs)) == [target(LLAMA)]
    assert list(publishers(refs)) == ["meta-Ilama", "somebody"]
    own_names = ("acme/model",)
    assert list(originals(refs, own_names)) == [target(LLAMA), target("acme/model")]
    assert list(publishers(refs, own_names)) == ["meta-Ilama", "somebody", "acrne"]


# A project's own names


def told(facts: Mapping[Target, Facts], *own_names: str) -> list[tuple[str | None, bool]]:
    refs = loading("acrne/model", FAKE, "acme/model")
    return [(problem.repo_id, is_old) for _ref, problem, is_old in more(refs, facts, own_names)]


def test_own_names() -> None:
    assert told({}) == []
    assert told({}, "acme") == []
    assert told({}, "acmes") == [("acme/model", False)]
    assert told({}, "acme/model") == [("acrne/model", False)]
    assert told({}, "acme-corp", "acme/model") == [("acrne/model", False)]


def test_what_imitates_a_well_known_name_too_is_told_once() -> None:
    assert told({}, "meta-lIama") == []


def test_own_names_that_are_well_known_imitate_nobody() -> None:
    assert resemblance("mistralai/x", own(("mistralei",))) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"acrne/model": Found(repo("acrne/model", 9, 1), stale=True)},
            [("acrne/model", False)],
            id="said-without-it",
        ),
        pytest.param(
            {
                "acrne/model": Found(repo("acrne/model", 9, 1), stale=True),
                "acme/model": Found(repo("acme/model", 90, 1)),
            },
            [("acrne/model", True)],
            id="said-by-it",
        ),
        pytest.param(
            {
                "acrne/model": Found(repo("acrne/model", 9, 1)),
                "acme/model": Found(repo("acme/model", 90, 1)),
            },
            [("acrne/model", False)],
            id="not-old",
        ),
        pytest.param(
            {
                "acrne/model": Found(repo("acrne/model", 99, 1)),
                "acme/model": Found(repo("acme/model", 90, 1)),
            },
            [],
            id="older-repo",
        ),
    ],
)
def test_old_answers(facts: Mapping[str, Facts], expected: list[tuple[str | None, bool]]) -> None:
    assert told({target(name): one for name, one in facts.items()}, "acme/model") == expected


# What exists

VARIANTS = (Variant("a1", "doubling"), Variant("a2", "omission"), Variant("a3", "keyboard"))
SOMEBODY = Publisher("a1", "org", "66d10b8036468d709f17434d", is_verified=True)


def test_accounts_side_by_side() -> None:
    rows = of_owners("a", VARIANTS, {"a": Unavailable("late"), "a1": SOMEBODY, "a2": Owner.GONE})
    assert rows == [
        Lookalike("a", None, "unknown", why="late"),
        Lookalike("a1", "doubling", "exists", SOMEBODY, "2024-08-30T00:00:00Z"),
        Lookalike("a2", "omission", "free"),
        Lookalike("a3", "keyboard", "kept back", why=KEPT_BACK.why),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            Found(Repo("a1/m", "66d10b8036468d709f17434d", SHA, (), downloads=3)),
            Lookalike("a1/m", "doubling", "exists", SOMEBODY, "2024-08-30T00:00:00Z", 3),
            id="exists",
        ),
        pytest.param(
            Moved(Repo("b/m", "66d10b8036468d709f17434d", SHA, ()), Owner.EXISTS),
            Lookalike("a1/m", "doubling", "moved", None, "2024-08-30T00:00:00Z", None, "b/m"),
            id="moved",
        ),
        pytest.param(
            Missing(Lacking.REPO, Owner.EXISTS),
            Lookalike("a1/m", "doubling", "owner only"),
            id="owner-only",
        ),
        pytest.param(NOBODY, Lookalike("a1/m", "doubling", "free"), id="free"),
        pytest.param(
            Missing(Lacking.REPO, Owner.UNKNOWN),
            Lookalike("a1/m", "doubling", "missing"),
            id="missing",
        ),
        pytest.param(
            Unavailable("late"), Lookalike("a1/m", "doubling", "unknown", why="late"), id="unknown"
        ),
    ],
)
def test_repos_side_by_side(facts: Facts, expected: Lookalike) -> None:
    rows = of_repos("a/m", [Variant("a1/m", "doubling")], {"a1/m": facts}, {"a1": SOMEBODY})
    assert rows == [Lookalike("a/m", None, "kept back", why=KEPT_BACK.why), expected]


def test_one_of_the_first_names_imitates_no_name_of_a_project() -> None:
    assert resemblance("gpt2", own(("northwind",))) is None
