"""Empty on purpose: pywikibot imports the ``i18n`` beside a folder of scripts.

The messages are in ``globalban_bot.i18n``.
"""
