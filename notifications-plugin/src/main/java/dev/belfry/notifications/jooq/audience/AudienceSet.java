package dev.belfry.notifications.jooq.audience;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;

/**
 * A set of audiences.
 *
 * @param groups every audience that contains one of these groups
 * @param others further audiences, by number
 */
public record AudienceSet(Set<EntityRef> groups, List<Long> others) {

    /** Number of the empty audience: notifications that are addressed to users only. */
    public static final long NOBODY = 0;

    /** Number of the audience of system notifications. */
    public static final long EVERYONE = 1;

    public AudienceSet {
        groups = Set.copyOf(groups);
        others = List.copyOf(others);
    }

    /** The audiences that contain the recipient. */
    public static AudienceSet of(Recipient recipient, Scope scope) {
        return of(recipient.groups(), scope);
    }

    /** The audiences that contain a member of one of the groups. */
    public static AudienceSet of(Set<EntityRef> groups, Scope scope) {
        return new AudienceSet(
                scope.includesUser() ? groups : Set.of(), scope.includesSystem() ? List.of(EVERYONE) : List.of());
    }

    public AudienceSet with(long audience) {
        List<Long> more = new ArrayList<>(others);
        more.add(audience);
        return new AudienceSet(groups, more);
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(boolean grouped, List<Long> others) {}

    public Object cacheKey() {
        return new CacheKey(!groups.isEmpty(), others);
    }

    public boolean isEmpty() {
        return groups.isEmpty() && others.isEmpty();
    }

    /** True if the audience is in this set. The groups are the value of {@link Params#GROUPS}. */
    public Condition contains(Field<Long> audience, ListParameters lists) {
        return isEmpty() ? falseCondition() : lists.isOneOf(audience, numbers(lists));
    }

    /** The audiences' numbers, each once. The set must not be empty. */
    public Select<Record1<Long>> numbers(ListParameters lists) {
        return parts(lists).stream().reduce(Select::union).orElseThrow();
    }

    /** The same, but an audience that contains several of the groups may occur several times. */
    public Select<Record1<Long>> numbersWithDuplicates(ListParameters lists) {
        return parts(lists).stream().reduce(Select::unionAll).orElseThrow();
    }

    private List<Select<Record1<Long>>> parts(ListParameters lists) {
        List<Select<Record1<Long>>> parts = new ArrayList<>();
        if (!groups.isEmpty()) {
            parts.add(select(AUDIENCE_GROUP.AUDIENCE)
                    .from(AUDIENCE_GROUP)
                    .where(lists.isOneOf(AUDIENCE_GROUP.GROUP_REF, Params.GROUPS)));
        }
        others.forEach(other -> parts.add(select(inline(other))));
        return parts;
    }
}
