/// The script by which the nodes of a Redis Cluster come together, and stay together when their pods get new
/// addresses.
enum RedisScript {
  /// Where the containers find it.
  static let path = "/conf/cluster.sh"

  /// A script for any POSIX shell with `redis-cli`, `awk` and `sed`, as every image of Redis has them.
  ///
  /// A node is asked by name for the address it announces, because Redis takes no names where nodes meet, and
  /// because the answer is right by construction.
  static let text = """
    #!/bin/sh
    # cluster.sh form   forms a cluster of $NODES, or adds those that are missing. Safe to run again.
    # cluster.sh keep   tells the node beside it the addresses of the others whenever they change.
    set -eu
    : "${NODES:?the names of the nodes}"
    PORT="${PORT:-6379}"
    PATIENCE="${PATIENCE:-300}"

    say() { echo "cluster: $*"; }
    ask() { node="$1"; shift; timeout 5 redis-cli -h "$node" -p "$PORT" "$@" 2>/dev/null | tr -d '\\r'; }
    info() { ask "$1" cluster info | sed -n "s/^$2://p"; }
    address() { ask "$1" config get cluster-announce-ip | sed -n 2p; }
    # A node that is alone knows itself only.
    is_member() { [ "$(info "$1" cluster_known_nodes)" -gt 1 ] 2>/dev/null; }

    # until_true WORDS COMMAND… tries once a second.
    until_true() {
      words="$1"; shift
      left="$PATIENCE"
      until "$@"; do
        left=$((left - 1))
        if [ "$left" -le 0 ]; then say "gave up waiting: $words"; exit 1; fi
        sleep 1
      done
    }

    answers() { [ "$(ask "$1" ping)" = PONG ]; }
    answer_all() { for n in $NODES; do answers "$n" || return 1; done; }
    is_whole() {
      [ "$(info "$1" cluster_state)" = ok ] && [ "$(info "$1" cluster_slots_assigned)" = 16384 ]
    }
    are_whole() { for n in $NODES; do is_whole "$n" || return 1; done; }
    agree() {
      known="$(info "$1" cluster_known_nodes)"
      for n in $NODES; do
        if is_member "$n" && [ "$(info "$n" cluster_known_nodes)" != "$known" ]; then return 1; fi
      done
      redis-cli --cluster check "$1:$PORT" 2>/dev/null | grep -q 'All nodes agree about slots'
    }
    count_masters() {
      ask "$1" cluster nodes | awk '$3 ~ /master/ && $3 !~ /fail|handshake/ { n++ } END { print n + 0 }'
    }

    # Between the creation and the first word from all replicas, these look like masters without slots.
    is_settled() { [ "$(count_masters "$1")" = "$(info "$1" cluster_size)" ]; }

    create() {
      say "creating a cluster of $(echo "$NODES" | wc -w) nodes, $REPLICAS replicas for each master"
      addresses=""
      for n in $NODES; do addresses="$addresses $(address "$n"):$PORT"; done
      # shellcheck disable=SC2086
      redis-cli --cluster create $addresses --cluster-replicas "$REPLICAS" --cluster-yes
    }

    add_missing() {
      has_grown=""
      for n in $NODES; do
        if is_member "$n"; then continue; fi
        if [ "$(count_masters "$1")" -lt "$MASTERS" ]; then
          say "adding $n as a master"
          redis-cli --cluster add-node "$(address "$n"):$PORT" "$(address "$1"):$PORT"
          has_grown=yes
        else
          say "adding $n as a replica"
          redis-cli --cluster add-node "$(address "$n"):$PORT" "$(address "$1"):$PORT" --cluster-slave
        fi
        until_true "$n joins" is_member "$n"
        until_true "all nodes know $n" agree "$1"
      done
      if [ -n "$has_grown" ] || ! is_settled "$1"; then
        say "moving slots to the new masters"
        redis-cli --cluster rebalance "$(address "$1"):$PORT" --cluster-use-empty-masters
      fi
    }

    form() {
      : "${MASTERS:?}" "${REPLICAS:?}"
      until_true "all nodes answer" answer_all
      member=""
      for n in $NODES; do
        if [ "$(info "$n" cluster_slots_assigned)" != 0 ]; then member="$n"; break; fi
      done
      if [ -z "$member" ]; then
        create
      else
        # Slots without an owner may have lost their keys: that is for a person to look at.
        if [ "$(info "$member" cluster_slots_assigned)" != 16384 ]; then
          say "some slots have no owner; look at: redis-cli --cluster check $member:$PORT"
          exit 1
        fi
        add_missing "$member"
      fi
      until_true "the cluster is whole" are_whole
      until_true "every master has slots" is_settled "${NODES%% *}"
      say "all 16384 slots are served by $(count_masters "${NODES%% *}") masters"
    }

    # Nodes know each other by address. When all pods start anew at once, no address that a node remembers is
    # right; a node that is met again under a new one is recognised by its id.
    keep() {
      trap 'exit 0' TERM INT
      own="${OWN:-127.0.0.1}"
      while :; do
        if is_member "$own"; then
          for n in $NODES; do
            current="$(address "$n")" || continue
            if [ -n "$current" ] && is_member "$n" && ! ask "$own" cluster nodes | grep -q " $current:$PORT@"; then
              say "meeting $n at $current"
              ask "$own" cluster meet "$current" "$PORT" > /dev/null || true
            fi
          done
        fi
        sleep "${INTERVAL:-10}" &
        wait $!
      done
    }

    case "${1:-}" in
      form) form ;;
      keep) keep ;;
      *) echo "usage: cluster.sh form | keep" >&2; exit 2 ;;
    esac

    """
}
