package dev.belfry.plugins.ldap;

import java.util.stream.Stream;

/**
 * The attributes of entries that become users or groups; empty = none.
 *
 * @param kind of the entity
 * @param memberOf DNs of groups
 * @param members DNs of users and groups, or names of users
 */
record EntryMap(String kind, String name, String displayName, String email, String memberOf, String members) {

    String[] attributes() {
        return Stream.of(name, displayName, email, memberOf, members)
                .filter(attribute -> !attribute.isEmpty())
                .distinct()
                .toArray(String[]::new);
    }
}
