/** Users and groups from an LDAP directory. */
@NullMarked
package dev.belfry.plugins.ldap;

import org.jspecify.annotations.NullMarked;
