/* expr/builtins_network.h: IP addresses and networks, values of the abstract types net.IP and
 * net.CIDR. */
#ifndef BL_EXPR_BUILTINS_NETWORK_H
#define BL_EXPR_BUILTINS_NETWORK_H

#include "expr/builtin.h"

extern const bl_type bl_type_ip;
extern const bl_type bl_type_cidr;

#endif
