package dev.belfry.benchmarks.data;

import java.sql.SQLException;

/** A database that the data set is loaded into. */
public interface Target {

    /** Adds the notifications to what is there. */
    void load(DataSet data) throws SQLException;
}
