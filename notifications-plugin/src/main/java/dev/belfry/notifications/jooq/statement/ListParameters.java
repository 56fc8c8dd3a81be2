package dev.belfry.notifications.jooq.statement;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Recipient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;

/** Passes a list as one parameter, so that a statement's text does not depend on the number of values. */
public interface ListParameters {

    /** The parameter value for a list of references to users or groups. */
    Object strings(Collection<String> references);

    /** The parameter value for a list of numbers. */
    Object numbers(List<Long> numbers);

    /** The positions as a table of one column, {@link Params#POSITION}. */
    Select<Record1<Long>> listed(List<Long> positions);

    /** The positions of the parameter {@link Params#LISTED} as such a table. */
    Select<Record1<Long>> listed();

    /** True if the column has one of the strings of a parameter. */
    Condition isOneOf(Field<String> column, String parameter);

    /** True if the column has one of the selected values, which do not depend on the row. */
    <T> Condition isOneOf(Field<T> column, Select<Record1<T>> values);

    /** The values of {@link Params#READER} and {@link Params#GROUPS}. */
    default Map<String, Object> of(Recipient recipient) {
        return Map.of(
                Params.READER.getName(),
                recipient.user().qualifiedName(),
                Params.GROUPS,
                strings(recipient.groups().stream()
                        .map(EntityRef::qualifiedName)
                        .toList()));
    }
}
