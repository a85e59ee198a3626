/* The queue of a UDP socket, for those who connect to it from within this machine. It is known by its port: who sends
 * knows no more. */
#pragma once

#include "queue_tcp.h"

static __always_inline void note_udp_queue(struct cached_flow *flow, u64 sk)
{
    struct sock_common *common = (void *)sk + bpf_core_field_offset(struct sock, __sk_common);
    struct queue_key key = {.device = BPF_CORE_READ(common, skc_net.net, ns.inum)};
    u32 port = BPF_CORE_READ(common, skc_num);
    bool out = puts(flow->operation);

    if (out)
        port = __builtin_bswap16(BPF_CORE_READ(common, skc_dport));
    if (!port || (out && !within_host(BPF_CORE_READ(common, skc_rcv_saddr), BPF_CORE_READ(common, skc_daddr))))
        return;
    key.detail = IPPROTO_UDP << 16 | port;
    note_datagrams(flow, &key, out ? 0 : flow->number, out ? 0 : udp_messages(sk));
}
