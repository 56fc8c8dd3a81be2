package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;

/**
 * Some audiences.
 *
 * @param groups any audience that has one of these
 * @param others further ones, by number
 */
record AudienceSet(Set<GroupRef> groups, List<Long> others) {

    AudienceSet {
        groups = Set.copyOf(groups);
        others = List.copyOf(others);
    }

    /** Those by which notifications reach the recipient. */
    static AudienceSet of(Recipient recipient, Scope scope) {
        return of(recipient.groups(), scope);
    }

    /** Those by which notifications reach members of any of the groups. */
    static AudienceSet of(Set<GroupRef> groups, Scope scope) {
        return new AudienceSet(
                scope.includesUser() ? groups : Set.of(),
                scope.includesSystem() ? List.of(Audiences.EVERYONE) : List.of());
    }

    AudienceSet with(long audience) {
        List<Long> more = new ArrayList<>(others);
        more.add(audience);
        return new AudienceSet(groups, more);
    }

    /** What of this decides how a select is written. */
    private record CacheKey(boolean grouped, List<Long> others) {}

    Object shape() {
        return new CacheKey(!groups.isEmpty(), others);
    }

    boolean isEmpty() {
        return groups.isEmpty() && others.isEmpty();
    }

    /** Their numbers; must not be empty. */
    Select<Record1<Long>> numbers(Condition isGroup) {
        // Distinct: an audience may have several of the groups.
        return parts(isGroup).stream().reduce(Select::union).orElseThrow();
    }

    /** The same, where it does no harm that an audience that has several of the groups comes several times. */
    Select<Record1<Long>> mentions(Condition isGroup) {
        return parts(isGroup).stream().reduce(Select::unionAll).orElseThrow();
    }

    private List<Select<Record1<Long>>> parts(Condition isGroup) {
        List<Select<Record1<Long>>> parts = new ArrayList<>();
        if (!groups.isEmpty()) {
            parts.add(select(AUDIENCE_GROUP.AUDIENCE).from(AUDIENCE_GROUP).where(isGroup));
        }
        others.forEach(other -> parts.add(select(inline(other))));
        return parts;
    }
}
