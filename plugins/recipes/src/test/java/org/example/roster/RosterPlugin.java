package org.example.roster;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A list as a file for spreadsheets. */
public final class RosterPlugin implements Plugin {

    @Override
    public void start(PluginContext context) {
        List<List<String>> ringers = List.of(List.of("Ada", "treble, tenor"), List.of("Bob", "tenor"));
        context.routes(routes -> routes.get("/roster.csv", Access.AUTHENTICATED, (request, caller) -> {
            StringBuilder file = new StringBuilder();
            try (CSVPrinter csv = new CSVPrinter(file, CSVFormat.RFC4180)) {
                csv.printRecord("name", "bells");
                csv.printRecords(ringers);
            }
            request.contentType("text/csv; charset=utf-8").result(file.toString());
        }));
    }
}
