#!/bin/sh
# A framework by hand: every step of the scheduler API with nothing but curl.
# Usage: MASTER=127.0.0.1:5050 examples/walkthrough.sh
# or, by TLS: CURL_CA_BUNDLE=ca.pem MASTER=https://127.0.0.1:5050 examples/walkthrough.sh
# MASTER may be a comma list: the first that knows who leads is asked where that is. So can you:
#   curl -sS -o /dev/null -w '%{redirect_url}' http://127.0.0.1:5050/redirect
# By zk:// or a file: MASTER=$(examples/detector.py zk://127.0.0.1:2181/proffer) examples/walkthrough.sh
set -eu
LC_ALL=C # lengths of records are bytes
export LC_ALL
master=${MASTER:-127.0.0.1:5050}
url() { case $1 in *://*) echo "$1" ;; *) echo "http://$1" ;; esac; }
case $master in
  *,*)
    for one in $(echo "$master" | tr , ' '); do
      master=$(curl -sS -o /dev/null -m 5 -w '%{redirect_url}' "$(url "$one")/redirect") || master=''
      [ -z "$master" ] || break
    done
    [ -n "$master" ] || { echo "walkthrough: expected a master in MASTER that knows a leader, but none does" >&2; exit 1; }
    master=${master%/}
    ;;
esac
api=$(url "$master")/api/v1/scheduler
work=$(mktemp -d)
curl=''

say() { printf '\n== %s\n' "$*"; }
fail() { echo "walkthrough: $*" >&2; exit 1; }
finish() {
  [ -z "$curl" ] || kill "$curl" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# A record of the stream is its length in bytes, a newline, and one line of JSON: here one per line.
events() {
  awk 'NR == 1 { n = $0; next }
       length($0) >= n { print substr($0, 1, n); n = substr($0, n + 1) }' "$work/stream"
}

# Waits for the first event that matches a pattern and prints it.
await() {
  tries=0
  until events | grep -m 1 -E -e "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || fail "no event matched $1 within 30 s; the stream said: $(cat "$work/stream")"
    kill -0 "$curl" 2>/dev/null || fail "the stream ended: $(cat "$work/stream" "$work/errors")"
    sleep 0.1
  done
}

# The first value of {"value":"..."} under a key, or of a plain string.
value() { sed -n "s/.*\"$1\":{\"value\":\"\([^\"]*\)\".*/\1/p"; }
text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# Every call but SUBSCRIBE names the framework and the stream, and is answered 202 without a body.
call() {
  status=$(curl -sS -o "$work/answer" -w '%{http_code}' -X POST "$api" \
    -H 'Content-Type: application/json' -H "Mesos-Stream-Id: $stream" -d "$1")
  [ "$status" = 202 ] || fail "expected 202, got $status: $(cat "$work/answer")"
}

say "SUBSCRIBE opens the stream of events, which stays open"
: >"$work/stream"
curl -sS -N -D "$work/headers" -o "$work/stream" -X POST "$api" \
  -H 'Content-Type: application/json' -H 'Accept: application/json' \
  -d "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{
        \"user\":\"$(id -un)\",\"name\":\"walkthrough\",\"role\":\"*\"}}}" 2>"$work/errors" &
curl=$!
subscribed=$(await '"type":"SUBSCRIBED"')
framework=$(echo "$subscribed" | value framework_id)
stream=$(sed -n 's/^[Mm]esos-[Ss]tream-[Ii]d: *\([^[:space:]]*\).*/\1/p' "$work/headers")
echo "framework $framework, stream $stream"

say "OFFERS come by themselves"
offers=$(await '"type":"OFFERS"')
offer=$(echo "$offers" | sed -n 's/.*"value":"\([^"]*-O[0-9]*\)".*/\1/p')
agent=$(echo "$offers" | value agent_id)
echo "offer $offer of agent $agent"

say "ACCEPT launches a task on the offer"
call "{\"type\":\"ACCEPT\",\"framework_id\":{\"value\":\"$framework\"},\"accept\":{
  \"offer_ids\":[{\"value\":\"$offer\"}],
  \"operations\":[{\"type\":\"LAUNCH\",\"launch\":{\"task_infos\":[{
    \"name\":\"hello\",\"task_id\":{\"value\":\"hello-1\"},\"agent_id\":{\"value\":\"$agent\"},
    \"command\":{\"shell\":true,\"value\":\"echo hello from a task; sleep 1\"},
    \"resources\":[
      {\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":0.1}},
      {\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":32}}]}]}}]}}"

say "UPDATE events tell how it goes; each is acknowledged, or it comes again"
for state in TASK_STARTING TASK_RUNNING TASK_FINISHED; do
  update=$(await "\"state\":\"($state|TASK_FAILED|TASK_ERROR|TASK_LOST)\"")
  uuid=$(echo "$update" | text uuid)
  echo "$(echo "$update" | text state): $(echo "$update" | text message)"
  [ -n "$uuid" ] || fail "the task did not run: $update"
  call "{\"type\":\"ACKNOWLEDGE\",\"framework_id\":{\"value\":\"$framework\"},\"acknowledge\":{
    \"agent_id\":{\"value\":\"$agent\"},\"task_id\":{\"value\":\"hello-1\"},\"uuid\":\"$uuid\"}}"
  case $update in *"\"state\":\"$state\""*) ;; *) fail "expected $state: $update" ;; esac
done

say "TEARDOWN ends the framework, and with it the stream"
call "{\"type\":\"TEARDOWN\",\"framework_id\":{\"value\":\"$framework\"}}"
wait "$curl" || true
curl=''
say "Done."
