#!/bin/sh
# The contract of supervisor.c in plain sh, for hosts where the project was built without a C
# compiler. Weaker in four points: a process is known by descent, session or its MESOS_SANDBOX, so
# one that left all three escapes; "exit 137" looks like a SIGKILL; SIGINT and SIGQUIT start ignored;
# limits of stdout and stderr are not kept, and the agent does not ask for any.
control=$1 sandbox=$2 user=$3 limits=$4
shift 4

# The environment is the command's, its PATH too, which need not lead to what this script calls.
path=${PATH-}
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# FIELD...: the fields of /proc/PID/stat after the name, which may hold anything.
stat_of() {
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  rest=${line##*) }
}

# Room is taken before anything runs: a disk that fills later swallows no end.
reserve() {
  printf '%1023s\n' '' 2>/dev/null >"$control/.$1" || exit 73
}

# Fills what was reserved, in place, and gives it its name, unless that is taken: by an agent that was
# started again, found nothing here and told the world that nothing will run.
leave() {
  printf '%-1023s\n' "$2" 1<>"$control/.$1" || return 1
  if ln "$control/.$1" "$control/$1" 2>/dev/null; then
    rm -f "$control/.$1"
  else
    [ ! -e "$control/$1" ] && mv "$control/.$1" "$control/$1"
  fi
}

# Sets `found` to all processes of the container but this one. No subshell: it would find itself.
members() {
  found=" "
  marked=" $(grep -lsxzF "MESOS_SANDBOX=$sandbox" /proc/[0-9]*/environ | tr '\n' ' ')"
  again=1
  while [ -n "$again" ]; do
    again=
    for entry in /proc/[0-9]*; do
      pid=${entry#/proc/}
      [ "$pid" != "$$" ] || continue
      case $found in *" $pid "*) continue ;; esac
      stat_of "$pid" || continue
      set -- $rest
      if [ "$1" = Z ]; then continue; fi
      if [ "$2" != "$$" ] && [ "$4" != "$$" ]; then
        case "$found $marked" in
          *" $2 "* | *" $entry/environ "*) ;;
          *) continue ;;
        esac
      fi
      found="$found$pid " again=1
    done
  done
}

signal_tree() {
  members
  for member in $found; do
    kill "-$1" "$member" 2>/dev/null
  done
}

# Signals are passed on in the traps themselves: a flag set just before a wait would be seen late.
# One that comes before there is anybody to pass it on to is passed on when there is.
early=
trap 'early="$early TERM"; signal_tree TERM' TERM
trap 'early="$early KILL"; signal_tree KILL' USR1
trap '' HUP INT PIPE XFSZ
umask 022
reserve status
reserve pid
if [ "$limits" != - ]; then
  leave status "error This supervisor keeps no limits of stdout and stderr: $limits"
  exit 1
fi
if ! cd "$sandbox" 2>/dev/null; then
  leave status "error Failed to enter the sandbox: $sandbox"
  exit 1
fi

# The user's own groups come with setpriv; without it only the agent's own user can be had.
if [ "$user" != - ]; then
  uid=${user%%:*} others=${user#*:}
  gid=${others%%:*} groups=${others#*:}
  if [ "$(id -u)" != "$uid" ] || [ "$(id -u)" = 0 ]; then
    if ! setpriv=$(command -v setpriv); then
      leave status "error Failed to switch to the user: setpriv is not installed"
      exit 1
    fi
    as="$setpriv --reuid=$uid --regid=$gid --groups=${groups:-$gid}"
  fi
fi
file=$1
shift 2
stat_of $$
start=$(set -- $rest; echo "${20}")

# Nobody would find what runs under us, nor be able to end it.
leave pid "$$ $start" || exit 73

# The inner sh opens the files as the user, then becomes the command.
PATH=$path ${as:-} /bin/sh -c '
  exec </dev/null >>stdout 2>>stderr || exit 126
  if ! command -v "$0" >/dev/null; then
    echo "Failed to execute command '\''$0'\'': No such file or directory" >&2
    exit 1
  fi
  case $0 in
    */*)
      if [ -d "$0" ] || [ ! -x "$0" ]; then
        echo "Failed to execute command '\''$0'\'': Permission denied" >&2
        exit 1
      fi
      ;;
  esac
  exec "$0" "$@"' "$file" "$@" &
command=$!
for number in $early; do signal_tree "$number"; done

# A signal to us ends the wait early with 128 and its number, as the command may end itself.
while :; do
  wait "$command"
  status=$?
  case $status in 138 | 143) ;; *) break ;; esac
  if ! kill -0 "$command" 2>/dev/null; then
    wait "$command"
    last=$?
    if [ "$last" != 127 ]; then status=$last; fi
    break
  fi
done
tries=0
members
while [ "$found" != " " ] && [ "$tries" -lt 50 ]; do
  signal_tree KILL
  tries=$((tries + 1))
  members
done
if [ "$status" -gt 128 ]; then status=$((status - 128)); else status=$((status * 256)); fi
leave status "exit $status"
