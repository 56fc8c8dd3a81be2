/** A SCIM 2.0 server (RFC 7643, RFC 7644): identity providers push users and groups into the catalog. */
@NullMarked
package dev.belfry.plugins.scim;

import org.jspecify.annotations.NullMarked;
