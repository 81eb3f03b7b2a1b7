"""Who reads: OpenID providers, the list of who may, the end of a login."""
