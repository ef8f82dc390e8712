#!/bin/sh
# What a pipeline runs: `sh pipeline.sh` at a push, and `sh pipeline.sh schedule` once an hour or a day.
# It ends with 0: all is done; 10: awaiting reviewers; 4: a person has to act; anything else: an error.
cd "$(dirname "$0")" || exit 1
mkdir -p memory # what the pipeline keeps from run to run, in its cache

# A schedule goes on only with what isn't done: when the last `up` ended with 0 there is nothing to go on with.
up=0
if [ "$1" != schedule ] || [ "$(cat memory/up 2>/dev/null)" != 0 ]; then
  pulumi up --yes --non-interactive --refresh
  up=$? # Pulumi's codes. 0: done; 10: awaiting; 1 and all others: an error, and a rejection is one
  echo "$up" >memory/up
fi

smssign status --changed memory/status.json --summary "${SUMMARY:-summary.md}"
status=$? # ours. 0: approved; 3: pending; 4: a person has to act; 5: no signatures; 1: an error

[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || exit "$status"
exit "$up"
