/* vsock where no other side is: a machine without a hypervisor's help, or nobody at that port. */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

#include <linux/vm_sockets.h> /* older ones need what stands above */

#include "../calls/calls.h"
#include "../core/require.h"
#include "families.h"

static struct end vsock_new(void)
{
    return end_new(socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), MECHANISM_VSOCK);
}

/* What the errors are depends on the machine; that they are is certain. */
static void alone(const struct plan *plan)
{
    struct sockaddr_vm any = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_ANY, .svm_port = VMADDR_PORT_ANY},
                       self = {.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_LOCAL, .svm_port = 4000000001u};
    char data[16] = "";

    for (unsigned i = 0; i < plan->n; i++) {
        struct end listener = vsock_new(), client = vsock_new();

        require(t_send(client, data, sizeof(data), MSG_NOSIGNAL) < 0, "failing to send without a connection");
        require(t_recv(client, data, sizeof(data), 0) < 0, "failing to receive without a connection");
        require(t_shutdown(client, SHUT_WR) < 0, "failing to shut down without a connection");
        require(t_accept4(listener, 0).fd < 0, "failing to accept before listening");
        require(bind(listener.fd, (struct sockaddr *)&any, sizeof(any)) == 0, "bind");
        require(listen(listener.fd, 1) == 0, "listen");
        require_error(t_accept4(listener, 0).fd, EAGAIN);
        require(t_connect(client, (struct sockaddr *)&self, 4) < 0, "failing to connect to half an address");
        require(t_connect(client, (struct sockaddr *)&self, sizeof(self)) < 0, "failing to connect to nobody");
        end_close(&client);
        end_close(&listener);
    }
}

const struct scenario vsock_scenarios[] = {
    {"vsock/alone", "connect, accept, send, receive in vain", .n = 10, .run = alone, .forms = FORM_SOCKETCALL},
    {0},
};
