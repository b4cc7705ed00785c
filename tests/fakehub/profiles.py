"""The JSON of users and organizations."""

from __future__ import annotations

from tests.fakehub.objects import Account, created_at, format_time
from tests.fakehub.world import World

Json = dict[str, object]


def user_overview(world: World, user: Account) -> Json:
    """The answer of the users overview."""
    orgs = world.organizations_of(user.name)
    return {
        "_id": user.identity,
        "avatarUrl": avatar(user.name),
        "isPro": user.pro,
        "fullname": user.fullname,
        **_counts(world, user),
        "numDiscussions": 0,
        "numPapers": 0,
        "numUpvotes": 0,
        "numLikes": 0,
        "numFollowers": 0,
        "numFollowing": 0,
        "numFollowingOrgs": len(orgs),
        "orgs": [_membership(org) for org in orgs],
        "user": user.name,
        "type": "user",
        "isFollowing": False,
        "details": "",
        "hardwareItems": [],
        "createdAt": format_time(created_at(user.identity)),
    }


def organization_overview(world: World, org: Account) -> Json:
    """The answer of the organizations overview: without createdAt and type."""
    body: Json = {
        "_id": org.identity,
        "avatarUrl": avatar(org.name),
        "fullname": org.fullname,
        "name": org.name,
        "details": "",
        "isVerified": org.verified,
        "isFollowing": False,
        "numUsers": len(org.members),
        **_counts(world, org),
        "numPapers": 0,
        "numFollowers": 0,
    }
    return body if org.plan is None else {**body, "plan": org.plan}


def whoami(world: World, user: Account) -> Json:
    """The answer of whoami-v2."""
    orgs = [
        {"type": "org", **_membership(org), "isEnterprise": False, "roleInOrg": "write"}
        for org in world.organizations_of(user.name)
    ]
    return {
        "type": "user",
        "id": user.identity,
        "name": user.name,
        "fullname": user.fullname,
        "isPro": user.pro,
        "avatarUrl": avatar(user.name),
        "orgs": orgs,
        "auth": {
            "type": "access_token",
            "accessToken": {"displayName": "tests", "role": "read"},
        },
    }


def avatar(name: str) -> str:
    """The address of an account's picture."""
    return f"https://cdn-avatars.huggingface.co/v1/production/uploads/{name}.png"


def _counts(world: World, account: Account) -> Json:
    owned = [repo for repo in world.repos() if repo.owner.lower() == account.name.lower()]
    kinds = [repo.kind for repo in owned if not repo.private]
    return {
        "numModels": kinds.count("model"),
        "numDatasets": kinds.count("dataset"),
        "numSpaces": kinds.count("space"),
        "numKernels": kinds.count("kernel"),
        "numBuckets": 0,
    }


def _membership(org: Account) -> Json:
    return {
        "id": org.identity,
        "name": org.name,
        "fullname": org.fullname,
        "avatarUrl": avatar(org.name),
    }
