/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_X509_CRT_H
#define MBEDTLS_X509_CRT_H

#include <stddef.h>

typedef struct {
    unsigned char state[64];
} mbedtls_x509_crt;

void mbedtls_x509_crt_init(mbedtls_x509_crt *crt);
void mbedtls_x509_crt_free(mbedtls_x509_crt *crt);
int mbedtls_x509_crt_parse_file(mbedtls_x509_crt *chain, const char *path);

#endif
