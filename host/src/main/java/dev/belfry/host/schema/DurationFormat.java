package dev.belfry.host.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import dev.belfry.host.config.DurationText;

/** The format {@code duration}: what the binding to a record accepts, which is more than ISO 8601. */
final class DurationFormat implements Format {

    @Override
    public String getName() {
        return "duration";
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return DurationText.isDuration(text);
    }
}
