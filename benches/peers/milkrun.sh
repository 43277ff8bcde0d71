#!/bin/sh
# Another build of milkrun beside this one: milkrun.sh PROGRAM FILE SECONDS THREADS SEED OUT, where PROGRAM is the other
# build's example `solve`.
exec "$1" "$2" --seconds "$3" --threads "$4" --seed "$5" --out "$6"
