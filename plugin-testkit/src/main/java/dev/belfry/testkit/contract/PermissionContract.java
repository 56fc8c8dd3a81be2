package dev.belfry.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Permissions} keeps.
 *
 * @since 0.1
 */
public abstract class PermissionContract {

    /** Of the plugin that is asked about. */
    protected static final String PLUGIN = "bell";

    /** A permission that {@link #permissions} allows {@link #ADA} and nobody else. */
    protected static final Permission RING = new Permission("bell.ring", Permission.Action.CREATE);

    /** Who may. */
    protected static final EntityRef ADA = EntityRef.user("default", "ada");

    /** Permissions under test: {@link #ADA} may {@link #RING}, and that is all. */
    protected abstract Permissions permissions();

    private static Caller user(EntityRef ref) {
        return Caller.user(ref);
    }

    @Test
    void grantedPermissionsAreAllowed() {
        assertTrue(permissions().allows(user(ADA), PLUGIN, RING));
    }

    @Test
    void otherPermissionsAreDenied() {
        assertFalse(permissions().allows(user(EntityRef.user("default", "bob")), PLUGIN, RING));
        assertFalse(permissions().allows(user(ADA), PLUGIN, new Permission("bell.melt", Permission.Action.DELETE)));
    }

    @Test
    void anotherActionIsAnotherPermission() {
        assertFalse(permissions().allows(user(ADA), PLUGIN, new Permission(RING.name(), Permission.Action.DELETE)));
    }

    /** The denied caller reads the remedy. */
    @Test
    void aRemedyNamesNobodyElse() {
        permissions()
                .remedy(user(EntityRef.user("default", "bob")), PLUGIN, RING)
                .ifPresent(text -> assertFalse(text.contains(ADA.toString()), text));
    }
}
