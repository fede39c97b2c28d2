/**
 * @file fake_tls.h
 * @brief What a test may ask of the pretended TLS library.
 */
#ifndef FAKE_TLS_H
#define FAKE_TLS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    bool signature_valid; /**< outcome of the next signature checks */
    bool network_up;      /**< whether connections succeed */
    size_t written;       /**< bytes written to the connection */
} fake_tls_t;

extern fake_tls_t fake_tls;

void fake_tls_reset(void);

#endif
