# For try-roots and try-unit, which source this: what a root made by debootstrap needs.

# The mirror that this machine's own apt uses; empty where it names none.
mirror=${MIRROR:-$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$' || true)}

# inside ROOT COMMAND: with proc and dev as a machine has them, and this machine's network.
inside() {
    unshare --mount --pid --fork --kill-child sh -c '
        mount --bind /dev "$1/dev" && mount -t proc proc "$1/proc" &&
        exec chroot "$1" env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            TESTS="${TESTS:-}" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "$2"
    ' sh "$1" "$2"
}
