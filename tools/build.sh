# shellcheck shell=bash
# Sourced by ./offtenant and the tools: gets the packages and builds a preset. Every function ends
# the script with exit code 3 where the machine cannot do it. Progress goes to standard error.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_log=$root/build/build.log

# ccache stops the build where it cannot write.
if [[ -z ${CCACHE_DIR:-} && ! -w ${HOME:-/nowhere} ]]; then
  export CCACHE_DISABLE=1
fi

say() {
  printf 'offtenant: %s\n' "$*" >&2
}

# The packages of tools/packages.txt, one a line.
listed_packages() {
  sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$root/tools/packages.txt"
}

# Those of them that dpkg does not know as installed; all of them where there is no dpkg.
missing_packages() {
  local installed=""
  if command -v dpkg-query >/dev/null; then
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null |
      sed -n 's/ installed$//p')
  fi
  listed_packages | grep -vxF -f <(printf '%s\n' "$installed" | sed '/^$/d') || true
}

explain_packages() {
  local list=$1
  say "these packages are needed (Debian 12 has all of them):"
  printf '  %s\n' "${list//$'\n'/$'\n'  }" >&2
  say "as root: apt-get update && apt-get install -y --no-install-recommends ${list//$'\n'/ }"
}

# Installs what is missing, if this is root on a system with apt; otherwise says what is needed.
install_packages() {
  local missing
  missing=$(missing_packages)
  [[ -n $missing ]] || return 0
  if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
    explain_packages "$missing"
    exit 3
  fi
  say "installing $(wc -l <<<"$missing") Debian packages (once)"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
  # shellcheck disable=SC2086 # one word per package
  if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends $missing; } \
    >>"$build_log" 2>&1; then
    tail -n 15 "$build_log" >&2
    say "apt-get failed; the whole log is in $build_log"
    explain_packages "$missing"
    exit 3
  fi
}

# Compilers at a time: one per core, but no more than the free memory can hold.
job_count() {
  local cores memory_kb
  cores=$(nproc 2>/dev/null || echo 2)
  memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)
  local jobs=$((${memory_kb:-4000000} / 1200000)) # a compiler takes up to 1.2 GB
  ((jobs >= 1)) || jobs=1
  ((jobs <= cores)) || jobs=$cores
  echo "$jobs"
}

configure() {
  local preset=$1
  shift
  (cd "$root" && cmake --preset "$preset" "$@") >>"$build_log" 2>&1
}

# Configures where that was not done yet, and gets packages only if it does not work without: who
# has the libraries from elsewhere needs no package of ours.
configure_preset() {
  local preset=$1 folder=$root/build/$1
  if [[ -f $folder/build.ninja ]] &&
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
    return
  fi
  if command -v cmake >/dev/null && configure "$preset" --fresh; then
    return
  fi
  install_packages
  if ! configure "$preset" --fresh; then
    tail -n 30 "$build_log" >&2
    say "CMake cannot configure the build; the whole log is in $build_log"
    exit 3
  fi
}

# One build at a time in this checkout; a second one waits. The lock ends with the script at latest.
take_build_lock() {
  mkdir -p "$root/build"
  exec 9>"$root/build/lock"
  if command -v flock >/dev/null; then
    flock 9
  fi
}

leave_build_lock() {
  exec 9>&-
}

# build_preset <preset> [target...]: configures and builds; without targets, everything.
build_preset() {
  local preset=$1 started=$SECONDS
  shift
  mkdir -p "$root/build"
  : >"$build_log"
  configure_preset "$preset"
  say "building ($preset, $(job_count) at a time)"
  if ! (cd "$root" && cmake --build --preset "$preset" -j "$(job_count)" ${1:+--target "$@"}) \
    >>"$build_log" 2>&1; then
    grep -A 20 -m 1 -E '^FAILED|[Ee]rror' "$build_log" | cut -c 1-300 >&2 ||
      tail -n 30 "$build_log" >&2
    say "the build failed; the whole log is in $build_log"
    exit 3
  fi
  say "built in $((SECONDS - started)) s"
}

# The program alone, for ./offtenant. The stamp is as old as the begin of the build, so that a file
# changed during it counts as newer.
build_program() {
  local folder=$root/build/release
  mkdir -p "$folder"
  touch "$root/build/begun"
  build_preset release offtenant
  mv "$root/build/begun" "$folder/built"
}
