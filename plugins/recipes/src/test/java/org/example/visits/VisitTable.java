package org.example.visits;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

record VisitTable(DataSource database) {

    void add(String visitor) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into visit (visitor) values (?)")) {
            insert.setString(1, visitor);
            insert.executeUpdate();
        }
    }

    /** One statement: an interrupted run leaves no half of a report. */
    void report() throws SQLException {
        String report = "insert into report (visitors) select count(distinct visitor) from visit";
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(report)) {
            insert.executeUpdate();
        }
    }

    List<Long> reports() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select visitors from report");
                ResultSet rows = select.executeQuery()) {
            List<Long> reports = new ArrayList<>();
            while (rows.next()) {
                reports.add(rows.getLong(1));
            }
            return reports;
        }
    }
}
