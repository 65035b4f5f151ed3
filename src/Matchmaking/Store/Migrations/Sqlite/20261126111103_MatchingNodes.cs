using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.Sqlite
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
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    turns = table.Column<long>(type: "INTEGER", nullable: false),
                    changes = table.Column<long>(type: "INTEGER", nullable: false),
                    recommendations = table.Column<long>(type: "INTEGER", nullable: false),
                    busy_milliseconds = table.Column<long>(type: "INTEGER", nullable: false),
                    index_position = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_matching_nodes", x => x.name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "matching_nodes");
        }
    }
}
