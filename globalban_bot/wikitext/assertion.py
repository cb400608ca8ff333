"""Whether an expression of a side is taken by the writer, wished for, or spoken of.

Asked of the words before and behind it, in plain text.
"""

from __future__ import annotations

import re

_FIRST_PERSON = re.compile(
    r'\bI(?:\s+\w+ly|\s+(?:also|do|am|hereby|still|will|shall|must|can only|now|therefore|thus|too|vote)'
    r'|\s+(?:have|had|need|want|wish|would like|am going|am inclined)(?:\s+(?:come|decided))?\s+to'
    r"|['’](?:m|d|ll|ve))*\s*\Z"
    r'|\bmy vote (?:is|goes to)(?:\s+an?)?\s*\Z',
    re.IGNORECASE,
)
#: What may stand between the end of a sentence and a position that is a sentence of its own.
_LINK_WORD = r'(?:(?:then|so|thus|hence|therefore|now|still|okay|ok|well|yes|no|sorry)[\s,]+){0,2}'
_SENTENCE_END = re.compile(rf'(?:^|[.!?:;,–—-])\s*{_LINK_WORD}\Z', re.IGNORECASE)
_SENTENCE_STOP = re.compile(
    r'\s*(?:[.!;,]|\Z|-{1,2}|[–—]|\[\[|(?:from me|for me|then|too|as well|for now)\b)', re.IGNORECASE
)
#: The words of somebody else follow: a translation, a quotation.
_RENDERED = re.compile(
    r'\b(?:translat\w*|übersetzung|traduction|traducción|перевод|quot(?:e|es|ed|ing)|wrote|said|says)\b[^.!?\n]{0,40}:\s*\Z',
    re.IGNORECASE,
)
#: Behind an expression that ends a comment there is only its signature.
_COMMENT_END = re.compile(r'\s*[.!]?\s*(?:-{2,}|[–—~]|\Z)')
#: Words which tell that an expression is spoken of, not taken.
_OF_ANOTHER = re.compile(
    r'\b(?:this|that|the|an?|your|his|her|their|its|to|of|or|not|no)\s*\Z', re.IGNORECASE
)
_FROM, _TO = re.compile(r'\bfrom\s*\Z', re.IGNORECASE), re.compile(r'\bto\s*\Z', re.IGNORECASE)
_LATER = re.compile(r'\b(?:will|would|could|might|may|if|unless|when|once|had)\b', re.IGNORECASE)
_NEGATED = re.compile(r"(?:\b(?:not|never|cannot)|n['’]t)\s*(?:\w+\s*)?\Z", re.IGNORECASE)
_ELSE = re.compile(r'\b(?:else|otherwise)\b', re.IGNORECASE)
#: An object behind an expression; a capital letter would begin a sentence instead.
_OBJECT = re.compile(
    r'\s+(?:to\s+|of\s+)?(?:the|these|those|an?|any|all|some|more|your|his|her|their|its|our)\s+(\w+)(?:\s+(\w+))?'
)
_OBJECT_OR_PRONOUN = re.compile(r'\s+(?:to\s+)?(?:this|that)\s+(\w+)(?:\s+(\w+))?')
_DOING = re.compile(r'\s+(?!(?:no|any|some|every)thing|(?:accord|be|dur|hav)ing)([a-z]{2,}ing)\b')
#: Objects that are the question itself, not a part of it.
_WHOLE = frozenset(
    'ban bans banning blocking locking global globally request proposal rfc nomination motion change idea '
    'above whole block lock user account'.split()
)
#: Words behind "this" which tell that it is the object itself: "this as well", "this because".
_NO_NOUN = frozenset(
    'as at and because but by due for from given if in is on one only or per since so to too unless until '
    'when while with without'.split()
)


def stands_alone(before: str, behind: str, *, bare: bool = True) -> bool:
    """Tell whether an expression is asserted: after "I", or as a sentence of its own.

    :param bare: it may also be the last word of the comment, as a template may
    """
    if _RENDERED.search(before):
        return False
    if _FIRST_PERSON.search(before):
        return True
    if _SENTENCE_END.search(before):
        return bool(_SENTENCE_STOP.match(behind))
    return bare and bool(_COMMENT_END.match(behind)) and not _OF_ANOTHER.search(before)


def is_tentative(before: str, behind: str) -> bool:
    """Tell whether an expression is a wish or negated: "I will {{support}} if", "I don't {{support}}"."""
    near = ' '.join(before.split()[-6:])
    if _ELSE.search(near):
        return False
    return bool(_LATER.search(near) or _NEGATED.search(near) or _LATER.search(' '.join(behind.split()[:4])))


def names_a_part(before: str, behind: str) -> bool:
    """Tell whether the text goes on with an object that is not the question: "the card".

    Behind "I" also with something done: "I {{oppose}} counting new accounts".
    """
    named = _OBJECT.match(behind)
    if named is None:
        named = _OBJECT_OR_PRONOUN.match(behind)
        if named is not None and named[1].lower() in _NO_NOUN:
            return False
    if named is None and _FIRST_PERSON.search(before):
        named = _DOING.match(behind)
    return named is not None and _WHOLE.isdisjoint(word.lower() for word in named.groups() if word)


def is_change(before: str, between: str) -> bool:
    """Tell whether two expressions are one change: ``changing from {{O}} to {{S}}``."""
    return bool(_FROM.search(before)) and bool(_TO.search(between))
