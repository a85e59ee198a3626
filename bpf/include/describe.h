/* What can be told of a channel: written to `channels` at each first sight of a flow, and again after connect. */
#pragma once

#include "channel.h"

static const struct channel_info no_info = {};

static __always_inline void describe_unix(struct channel_info *info, struct sock *sk)
{
    struct unix_sock *own = kernel_cast(sk, struct unix_sock);
    struct unix_sock *peer = kernel_cast(FIELD(own, peer), struct unix_sock);
    struct unix_address *address = kernel_cast(FIELD(own, addr), struct unix_address);
    int length;

    info->peer_inode = 0;
    if (peer) {
        struct socket *socket = kernel_cast(FIELD(peer, sk.sk_socket), struct socket);
        struct file *file = kernel_cast(FIELD(socket, file), struct file);

        info->peer_inode = FIELD(kernel_cast(FIELD(file, f_inode), struct inode), i_ino);
        if (!address) /* a client is known by its server's name */
            address = kernel_cast(FIELD(peer, addr), struct unix_address);
    }
    if (!address)
        return;
    length = FIELD(address, len) - (int)sizeof(u16);
    if (length <= 0 || length > SOCKET_PATH_LENGTH)
        return;
    info->path_length = length;
    bpf_probe_read_kernel(info->path, length, address->name[0].sun_path);
}

static __always_inline void describe_inet(struct channel_info *info, struct sock *sk)
{
    info->local_port = FIELD(sk, __sk_common.skc_num);
    info->remote_port = __builtin_bswap16(FIELD(sk, __sk_common.skc_dport));
    if (info->family == AF_INET) {
        *(u32 *)info->local_address = FIELD(sk, __sk_common.skc_rcv_saddr);
        *(u32 *)info->remote_address = FIELD(sk, __sk_common.skc_daddr);
        return;
    }
    bpf_probe_read_kernel(info->local_address, 16, &sk->__sk_common.skc_v6_rcv_saddr);
    bpf_probe_read_kernel(info->remote_address, 16, &sk->__sk_common.skc_v6_daddr);
}

static __always_inline void describe_netlink(struct channel_info *info, struct sock *sk)
{
    info->id = FIELD(sk, sk_protocol);
    info->key = FIELD(kernel_cast(sk, struct netlink_sock), portid);
}

static __always_inline u64 vsock_address(struct sockaddr_vm *address)
{
    return (u64)FIELD(address, svm_cid) << 32 | FIELD(address, svm_port);
}

static __always_inline void describe_vsock(struct channel_info *info, struct sock *sk)
{
    struct vsock_sock *vsock;

    if (!bpf_core_type_exists(struct vsock_sock))
        return; /* in a module, whose types cannot be had */
    vsock = kernel_cast(sk, struct vsock_sock);
    info->id = vsock_address(&vsock->local_addr);
    info->key = vsock_address(&vsock->remote_addr);
}

static __always_inline void describe_socket(struct channel_info *info, struct sock *sk)
{
    info->kind = FIELD(sk, sk_type);
    info->family = FIELD(sk, __sk_common.skc_family);
    info->ns = FIELD(kernel_cast(FIELD(sk, __sk_common.skc_net.net), struct net), ns.inum);
    switch (info->mechanism) {
    case MECHANISM_UNIX:
        describe_unix(info, sk);
        break;
    case MECHANISM_NETLINK:
        describe_netlink(info, sk);
        break;
    case MECHANISM_VSOCK:
        describe_vsock(info, sk);
        break;
    default:
        describe_inet(info, sk);
    }
}

/* Where a channel is described, made at first sight; null if there is no room. */
static __always_inline struct channel_info *info_of(struct channel_key *key)
{
    struct channel_info *info = bpf_map_lookup_elem(&channels, key);

    if (!info) {
        bpf_map_update_elem(&channels, key, &no_info, BPF_NOEXIST);
        info = bpf_map_lookup_elem(&channels, key);
    }
    if (!info)
        count_loss(LOSS_CHANNEL_FULL);
    return info;
}

static __always_inline void describe_file(struct channel_info *info, struct file *file)
{
    switch (info->mechanism) {
    case MECHANISM_PIPE:
    case MECHANISM_FIFO:
        break;
    case MECHANISM_EVENTFD:
        info->id = FIELD(eventfd_of(file), id);
        break;
    case MECHANISM_PTY:
        info->id = FIELD(slave_of(file), index);
        break;
    default:
        describe_socket(info, sock_of(file));
    }
}

static __always_inline void describe_channel(struct channel_key *key, u8 mechanism, struct file *file)
{
    struct channel_info *info = info_of(key);

    if (!info)
        return;
    info->mechanism = mechanism;
    describe_file(info, file);
}

static __always_inline void describe_subject(struct channel_key *key, const struct subject *subject)
{
    struct channel_info *info = info_of(key);

    if (!info)
        return;
    info->mechanism = subject->mechanism;
    info->ns = subject->ns;
    info->id = subject->id;
    info->key = subject->key;
    info->target = subject->target;
    if (subject->name) {
        long length = bpf_probe_read_kernel_str(info->path, SOCKET_PATH_LENGTH, (void *)subject->name);

        info->path_length = length > 0 ? length - 1 : 0; /* without its NUL */
    }
}
