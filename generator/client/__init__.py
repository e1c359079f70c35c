"""Builds the client: reads the API description, refuses what cannot become code, renders, checks and replaces.

What happens to a description: :mod:`.spec` reads it, :mod:`.rules` refuses it if necessary, :mod:`.views` prepares it
for the templates, :mod:`.build` renders and replaces. Every name is made in :mod:`.naming`.
"""
