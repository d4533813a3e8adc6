#!/bin/sh
# Serves one FTPS connection: gives it a folder and a log of its own, then becomes vsftpd.
# Usage: connection.sh SPOOL_ROOT CONF GUEST_USER RESERVE_BYTES, with the connection as standard input, and the variables
# that ingest/ftps/intake.py names.
# On the hot path: every line that starts a program costs about a millisecond, so the rest is the shell's own work.
# Needs the capabilities that vsftpd needs anyway (CAP_SETUID, CAP_SETGID, CAP_SYS_CHROOT), and no chown.
set -u
# No file may grow beyond 512 MB (in blocks of 512 bytes), be it an upload or a log: one stranger must not fill the disk.
# Ignoring the signal lets vsftpd say 451 and remove what it has, instead of being killed.
trap '' XFSZ
ulimit -f 1048576
# No search along a long PATH, and no locale for each program below to load: that saves a millisecond.
export LC_ALL=C PATH=/usr/bin:/usr/sbin:/bin:/sbin
root=$1 conf=$2 guest=$3 reserve_bytes=$4 intake=${CAMSPOOL_INTAKE:-}
here=${0%/*}
# Others may enter the connection's folder, not list it: vsftpd shuts itself in as root without the right to pass by
# permissions. What lies in the folder is for owner and group only.
umask 006

# refuse SENTENCE: tell the camera (421), the log and the journal, and end.
refuse() {
    sentence="$1"
    echo "camspool: connection refused${REMOTE_ADDR:+ to $REMOTE_ADDR}: $sentence" >&2
    [ -z "${log:-}" ] || echo "camspool: refused${REMOTE_ADDR:+ $REMOTE_ADDR}: $sentence" >>"$log"
    while IFS== read -r option value; do
        case $option in
            implicit_ssl) implicit=$value ;;
            rsa_cert_file) certificate=$value ;;
            rsa_private_key_file) key=$value ;;
        esac
    done <"$conf"
    if [ "${implicit:-NO}" = YES ]; then
        # Implicit TLS: the sentence must be said inside TLS, or the camera sees a broken handshake.
        exec /usr/bin/python3 -I "$here/refuse.py" "${certificate:-}" "${key:-}" "$sentence"
    fi
    # A camera that has hung up already is no news.
    printf '421 %s\r\n' "$sentence" >&0 2>/dev/null
    exit 0
}

# claim_log: make an id that nobody has, by creating its log exclusively; sets id and log.
# The id's last part is the process number: two connections of one microsecond differ in it.
claim_log() {
    id=$(date -u +%Y%m%dT%H%M%S.%6NZ) || return 1
    id=$id-$((10000000 + $$))
    log=$root/connections/$id.log
    set -C
    true 2>/dev/null >"$log" || log=
    set +C
    [ -n "$log" ]
}

# The second try is for a clock that was set back onto an old id.
claim_log || claim_log || refuse "The gateway cannot write its connection log; its disk may be full. Try again later."

space=$(stat -f -c '%a*%S' "$root/uploads") || refuse "The gateway's folder for uploads is missing."
# shellcheck disable=SC2004  # the text is a product, "blocks*size": the shell has to see it, not a variable
[ $(($space)) -ge "$reserve_bytes" ] || refuse "The gateway's disk is nearly full; it takes nothing until there is space. Try again later."

# Only together: the configuration that allows more, and what keeps every byte all the same.
[ -r "$intake" ] || intake=
# As the guest, who owns uploads/: the folder is then the guest's, and has the group and the setgid bit of uploads/.
folder=$root/uploads/$id
setpriv --reuid "$guest" --keep-groups -- mkdir "$folder" ${intake:+"$folder/.camspool"} ||
    refuse "The gateway cannot make a folder for this connection. Try again later."
# Without the intake each write goes to the disk at once, where the file system can do that.
[ -n "$intake" ] || [ "${CAMSPOOL_FLUSH:-1}" = 0 ] || setpriv --reuid "$guest" --keep-groups -- chattr -f +S "$folder" || true

# vsftpd 3.0.3 has no option against TLS 1.3, and writes its log in local time.
export OPENSSL_CONF="$here/openssl${CAMSPOOL_OLD_TLS:+-old-tls}.cnf" TZ=UTC0 CAMSPOOL_RESERVE_BYTES="$reserve_bytes" LD_PRELOAD="$intake"
# The shared lock lives as long as any process of this connection: by it the watcher knows that it has not ended.
exec flock --shared --no-fork "$log" /usr/sbin/vsftpd "$conf" ${intake:+"${conf%/*}/intake.conf"} \
    -olocal_root="$folder" -ovsftpd_log_file="$log"
