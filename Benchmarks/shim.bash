#!/bin/bash
# What a shim written in bash costs at the least: it looks for a denied word, writes an unchained
# line to a log and becomes the tool. It protects nothing; the bench times it for comparison.
for word in "$@"; do
    case $word in publish | pub | unpublish) exit 77 ;; esac
done
printf '%s npm %s\n' "$EPOCHREALTIME" "$*" >>"$BENCH_LOG"
exec "$BENCH_TOOL" "$@"
