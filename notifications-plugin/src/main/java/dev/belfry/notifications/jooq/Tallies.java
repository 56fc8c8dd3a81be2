package dev.belfry.notifications.jooq;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Field;

/**
 * Counts that are kept. Each key has two numbers, how many there are and how many of them are read:
 *
 * <ul>
 *   <li>(nobody's, audience): what was sent to the audience;
 *   <li>(user, {@link Audiences#NOBODY}): what names the user;
 *   <li>(user, audience): what came by the audience and the user has read; and, below zero, what was sent to the audience and
 *       names the user as well, for it would count twice.
 * </ul>
 *
 * <p>Beside them it is kept how often they have changed.
 */
final class Tallies {

    /** Owner of what is no single user's. */
    static final String NOBODYS = "";

    private final Flavour flavour;

    Tallies(Flavour flavour) {
        this.flavour = flavour;
    }

    /** One statement, so one snapshot: a delta is seen in its own table or folded, never in both or in neither. */
    Tally tally(Templates reads, Recipient recipient, Scope scope) {
        AudienceSet reaching = AudienceSet.of(recipient, scope);
        // There is no key (nobody's, NOBODY), so one set of audiences serves both owners.
        AudienceSet counted = scope.includesUser() ? reaching.with(Audiences.NOBODY) : reaching;
        BoundSelect select = new BoundSelect(
                new Shape("tally", counted.shape()), () -> flavour.tally(counted), flavour.values(recipient));
        return reads.fetchSingle(select, row -> read(row, 0));
    }

    /** @param before how many columns come before the three of a tally */
    static Tally read(ResultSet row, int before) throws SQLException {
        return new Tally(row.getLong(before + 1), row.getLong(before + 2), row.getLong(before + 3));
    }

    private record Shape(String what, Object audiences) {}

    /** What of a total is a user's own. */
    static Field<Long> own(Field<String> owner, Field<Long> total) {
        return when(owner.ne(inline(NOBODYS)), total).otherwise(inline(0L));
    }
}
