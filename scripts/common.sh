# Shared by the scripts beside it: where the project is, which Python, which environment.
# POSIX sh; sourced, never run.

cd "$(dirname "$0")/.." || exit 1

environment=${ONDIT_VENV:-.venv}
case $environment in
  /*) ;;
  *) environment=$PWD/$environment ;;
esac
python=$environment/bin/python

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf 'ondit: %s\n' "$*" >&2
  exit 1
}

# Print the first interpreter that is Python 3.11, 3.12 or 3.13 and really runs.
find_python() {
  for candidate in ${ONDIT_PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
    if "$candidate" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
      >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  fail "needs Python 3.11, 3.12 or 3.13; none was found (name one with ONDIT_PYTHON=/path/to/python)"
}
