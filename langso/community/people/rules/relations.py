"""What the others are to a new head of the household: suggestions that a person confirms."""

from langso.community.people.rules.codes import Relation

R = Relation

_TO_NEW_HEAD: dict[Relation, dict[Relation, Relation]] = {
    R.SPOUSE: {
        R.HEAD: R.SPOUSE,
        R.CHILD: R.CHILD,
        R.CHILD_IN_LAW: R.CHILD_IN_LAW,
        R.GRANDCHILD: R.GRANDCHILD,
        R.PARENT: R.PARENT,
    },
    R.CHILD: {
        R.HEAD: R.PARENT,
        R.SPOUSE: R.PARENT,
        R.CHILD: R.SIBLING,
        R.PARENT: R.GRANDPARENT,
    },
    R.CHILD_IN_LAW: {R.HEAD: R.PARENT, R.SPOUSE: R.PARENT},
    R.PARENT: {
        R.HEAD: R.CHILD,
        R.SPOUSE: R.CHILD_IN_LAW,
        R.CHILD: R.GRANDCHILD,
        R.SIBLING: R.CHILD,
        R.PARENT: R.SPOUSE,
    },
    R.SIBLING: {R.HEAD: R.SIBLING, R.SIBLING: R.SIBLING, R.PARENT: R.PARENT, R.GRANDPARENT: R.GRANDPARENT},
    R.GRANDCHILD: {R.HEAD: R.GRANDPARENT, R.SPOUSE: R.GRANDPARENT},
    R.GRANDPARENT: {R.HEAD: R.GRANDCHILD, R.SIBLING: R.GRANDCHILD, R.PARENT: R.CHILD},
}


def relation_to_new_head(*, of_member: Relation, of_new_head: Relation) -> Relation:
    """What a member most likely is to the new head, from what both were to the old one; `UNKNOWN` when nobody can tell.

    `of_member` is `HEAD` for the old head. Blood, marriage and strangers are kept apart: who is not related stays so.
    """
    if R.NOT_RELATED in (of_member, of_new_head):
        return R.NOT_RELATED
    if R.UNKNOWN in (of_member, of_new_head):
        return R.UNKNOWN
    return _TO_NEW_HEAD.get(of_new_head, {}).get(of_member, R.RELATIVE)
