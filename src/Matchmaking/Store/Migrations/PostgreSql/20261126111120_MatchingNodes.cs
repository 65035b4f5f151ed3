using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class MatchingNodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "matching_nodes",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    turns = table.Column<long>(type: "bigint", nullable: false),
                    changes = table.Column<long>(type: "bigint", nullable: false),
                    recommendations = table.Column<long>(type: "bigint", nullable: false),
                    busy_milliseconds = table.Column<long>(type: "bigint", nullable: false),
                    index_position = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matching_nodes", x => x.name);
                });
            // Whoever writes, by whatever program, wakes the processes that follow; they hear of it with the commit.
            migrationBuilder.Sql("""
                CREATE FUNCTION matchmaking_tell() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('matchmaking', TG_TABLE_NAME);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER matchmaking_tell AFTER UPDATE ON feed_head FOR EACH STATEMENT EXECUTE FUNCTION matchmaking_tell();
                CREATE TRIGGER matchmaking_tell AFTER UPDATE ON matching FOR EACH STATEMENT EXECUTE FUNCTION matchmaking_tell();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER matchmaking_tell ON matching;
                DROP TRIGGER matchmaking_tell ON feed_head;
                DROP FUNCTION matchmaking_tell();
                """);
            migrationBuilder.DropTable(
                name: "matching_nodes");
        }
    }
}
