using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "audit_hash",
                table: "feed_head",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "audited",
                table: "feed_head",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "audit_trail",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    roles = table.Column<string>(type: "TEXT", nullable: false),
                    token_id = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    request_id = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    entity_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    province = table.Column<string>(type: "TEXT", nullable: true),
                    is_confidential = table.Column<bool>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    after = table.Column<string>(type: "TEXT", nullable: true),
                    hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_trail", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "erased_persons",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    institution_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    digest = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erased_persons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "need_invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    need_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    institution_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    agency = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_need_invitations", x => x.id);
                    table.ForeignKey(
                        name: "FK_need_invitations_needs_need_id",
                        column: x => x.need_id,
                        principalTable: "needs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                columns: table => new
                {
                    token_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revoked_tokens", x => x.token_id);
                });

            migrationBuilder.UpdateData(
                table: "feed_head",
                keyColumn: "id",
                keyValue: 1,
                columns: new[] { "audit_hash", "audited" },
                values: new object[] { "0000000000000000000000000000000000000000000000000000000000000000", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_audit_trail_entity_id_id",
                table: "audit_trail",
                columns: new[] { "entity_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_need_invitations_need_id_agency",
                table: "need_invitations",
                columns: new[] { "need_id", "agency" },
                unique: true,
                filter: "agency IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_need_invitations_need_id_institution_id",
                table: "need_invitations",
                columns: new[] { "need_id", "institution_id" },
                unique: true,
                filter: "institution_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "erased_persons");

            migrationBuilder.DropTable(
                name: "need_invitations");

            migrationBuilder.DropTable(
                name: "revoked_tokens");

            migrationBuilder.DropColumn(
                name: "audit_hash",
                table: "feed_head");

            migrationBuilder.DropColumn(
                name: "audited",
                table: "feed_head");
        }
    }
}
