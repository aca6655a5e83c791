"""The learned half of attribution: a small network that tags cues and what belongs to each.

``columns`` turns a parsed text into arrays, ``network`` computes probabilities from them with the
numbers of ``weights``, ``proposals`` reads attributions off the probabilities. Everything is numpy;
training lives in ``ondit.training`` and is the only place that needs more.
"""
