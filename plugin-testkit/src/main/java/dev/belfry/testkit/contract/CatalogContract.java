package dev.belfry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Catalog} keeps.
 *
 * @since 0.1
 */
public abstract class CatalogContract {

    /** A member of {@link #PLATFORM}, and of no other group. */
    protected static final EntityRef ADA = EntityRef.user("default", "ada");

    /** A member of no group. */
    protected static final EntityRef BOB = EntityRef.user("default", "bob");

    /** A group. */
    protected static final EntityRef PLATFORM = EntityRef.group("default", "platform");

    private static final EntityRef STRANGER = EntityRef.user("default", "stranger");

    /** A catalog of {@link #ADA}, {@link #BOB} and {@link #PLATFORM}. */
    protected abstract Catalog catalog();

    @Test
    void onlyItsEntitiesExist() {
        assertTrue(catalog().contains(ADA));
        assertTrue(catalog().contains(PLATFORM));
        assertFalse(catalog().contains(STRANGER));
        assertFalse(catalog().contains(EntityRef.user("elsewhere", "ada")));
    }

    @Test
    void groupMembershipsAreReturned() {
        assertEquals(Set.of(PLATFORM), Set.copyOf(catalog().groupsOf(ADA)));
        assertEquals(Set.of(), Set.copyOf(catalog().groupsOf(BOB)));
        assertEquals(Set.of(), Set.copyOf(catalog().groupsOf(STRANGER)));
    }

    /** Whether or not it can tell. */
    @Test
    void groupsAreNotCountedAsUsers() {
        catalog().userCount().ifPresent(users -> assertEquals(2, users));
    }

    /** Whether or not it knows groups above groups. */
    @Test
    void whatIsNotAGroupHasNoParents() {
        assertEquals(Set.of(), Set.copyOf(catalog().parentsOf(STRANGER)));
        assertEquals(Set.of(), Set.copyOf(catalog().parentsOf(EntityRef.group("default", "strangers"))));
    }
}
