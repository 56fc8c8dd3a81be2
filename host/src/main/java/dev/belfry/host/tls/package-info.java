/** Certificates and private keys: read from PEM, made by the host itself, and used for TLS. */
@NullMarked
package dev.belfry.host.tls;

import org.jspecify.annotations.NullMarked;
