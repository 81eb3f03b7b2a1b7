"""A corridor with every look resolved, and a view applied to it: what renderers read."""
