// The human verbs.
