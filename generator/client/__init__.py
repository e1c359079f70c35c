"""Builds the client: reads the API description, refuses what cannot become code, renders, checks and replaces.

The way of a description: :mod:`.spec` reads it, :mod:`.rules` refuses, :mod:`.views` puts together what the templates
show, :mod:`.build` renders and replaces. Every name is made in :mod:`.naming`.
"""
