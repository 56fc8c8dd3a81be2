package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.AndFilter;
import com.unboundid.scim2.common.filters.EqualFilter;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import dev.belfry.plugins.scim.ResourceTable.Lookup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query for resources (RFC 7644, section 3.4.2).
 *
 * @param filter a filter that names one of the indexed attributes; null = all resources
 * @param startIndex of the first resource; 1 or more
 * @param count the largest number of resources; 0 or more
 */
record ResourceQuery(@Nullable Filter filter, int startIndex, int count) {

    static final int DEFAULT_COUNT = 100;
    static final int MAX_COUNT = 500;

    static ResourceQuery of(@Nullable String filter, @Nullable String startIndex, @Nullable String count)
            throws BadRequestException {
        // Section 3.4.2.4: smaller values count as 1 and 0.
        int first = Math.max(1, number("startIndex", startIndex, 1));
        int many = Math.clamp(number("count", count, DEFAULT_COUNT), 0, MAX_COUNT);
        return new ResourceQuery(filter == null || filter.isBlank() ? null : parsed(filter), first, many);
    }

    /** The parser's message can have lines of the JSON library, which say nothing to a client. */
    private static Filter parsed(String filter) throws BadRequestException {
        try {
            return Filter.fromString(CoreSchema.withoutUrns(filter));
        } catch (BadRequestException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw BadRequestException.invalidFilter("the filter '" + filter + "' cannot be read: " + reason);
        }
    }

    private static int number(String parameter, @Nullable String text, int absent) throws BadRequestException {
        if (text == null) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw BadRequestException.invalidValue(parameter + " must be a whole number, not '" + text + "'");
        }
    }

    /**
     * The indexed attribute that the filter compares.
     *
     * @throws BadRequestException when it compares none, which would read every resource, or with a text that no resource has
     */
    Lookup lookup(ResourceKind kind) throws BadRequestException {
        for (Filter part : parts()) {
            if (part instanceof EqualFilter equal
                    && equal.getComparisonValue().isTextual()
                    && equal.getAttributePath().size() == 1) {
                Optional<Lookup> lookup = Lookup.of(
                        kind,
                        equal.getAttributePath().getElement(0).getAttribute(),
                        equal.getComparisonValue().textValue());
                if (lookup.isPresent()) {
                    StoredText.require("the value in the filter", lookup.get().value());
                    return lookup.get();
                }
            }
        }
        String names = Stream.of(kind.nameAttribute(), "externalId", "displayName")
                .distinct()
                .collect(Collectors.joining(", "));
        throw BadRequestException.invalidFilter(
                "the filter must compare " + names + " or id with eq, alone or joined to other comparisons by and");
    }

    /** Whether the resource fits every part of the filter. */
    boolean matches(ObjectNode document) throws ScimException {
        for (Filter part : parts()) {
            if (!FilterEvaluator.evaluate(part, document)) {
                return false;
            }
        }
        return true;
    }

    private List<Filter> parts() throws BadRequestException {
        if (filter instanceof AndFilter and) {
            List<Filter> parts = new java.util.ArrayList<>();
            for (Filter part : and.getCombinedFilters()) {
                parts.add(comparable(part));
            }
            return parts;
        }
        return filter == null ? List.of() : List.of(comparable(filter));
    }

    /** Entra asks for {@code members eq "<id>"}, and means {@code members.value}. */
    private static Filter comparable(Filter part) throws BadRequestException {
        return part instanceof EqualFilter equal
                        && equal.getAttributePath().toString().equalsIgnoreCase("members")
                ? Filter.eq("members.value", equal.getComparisonValue().asText())
                : part;
    }
}
