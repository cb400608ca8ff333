"""An expression of a side on a line."""

from __future__ import annotations

from dataclasses import dataclass

from globalban_bot.model.vote import Form, Stance


@dataclass(frozen=True, slots=True)
class Position:
    """An expression of a side.

    :param start: offset of the expression
    :param end: offset behind it
    :param stance: the side
    :param strength: ``strong``, ``weak``, or the words given to the template
    :param form: template, bold or word
    :param leading: nothing but labels and words of strength stand before it
    :param asserted: the writer takes it: leading, after "I", or a sentence of its own
    :param struck: it is struck out
    :param conditional: words beside it make it conditional (not asked of templates)
    :param partial: it names an object of its own that is not the question
    :param tentative: a template in a subordinate wish: "I will {{support}} if …"
    :param answer: a template that, below a remark, agrees or disagrees with the remark: ``{{+1}}``
    """

    start: int
    end: int
    stance: Stance
    strength: str | None
    form: Form
    leading: bool
    asserted: bool
    struck: bool
    conditional: bool = False
    partial: bool = False
    tentative: bool = False
    answer: bool = False
