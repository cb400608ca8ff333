"""Text in, values out: what a request page says, without a wiki at hand.

Everything here is pure. What must be known of a wiki comes as a frozen
:class:`~globalban_bot.wikitext.dialect.Dialect`; what words mean comes from data files.
"""
