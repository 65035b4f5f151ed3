using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RightsAndDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "adjustment",
                table: "recommendations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "answered_modes",
                table: "recommendations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "answered_price",
                table: "recommendations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "answered_readiness",
                table: "recommendations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "behind_id",
                table: "recommendations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "filing",
                table: "recommendations",
                type: "INTEGER",
                nullable: true);

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
                name: "digests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    frequency = table.Column<string>(type: "TEXT", nullable: false),
                    unsubscribed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    unsubscribe_token = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    sending_to = table.Column<long>(type: "INTEGER", nullable: true),
                    sending_since = table.Column<DateTime>(type: "TEXT", nullable: true),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    institution_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_digests", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "need_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    need_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_need_feeds", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    need_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    is_paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    former_secret = table.Column<string>(type: "TEXT", nullable: true),
                    former_secret_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    succeeded_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    busy_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    turn = table.Column<long>(type: "INTEGER", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    institution_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhook_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    recommendation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    position = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    is_replay = table.Column<bool>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    give_up_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last_status = table.Column<int>(type: "INTEGER", nullable: true),
                    last_fault = table.Column<string>(type: "TEXT", nullable: true),
                    last_took = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "FK_deliveries_webhooks_webhook_id",
                        column: x => x.webhook_id,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.UpdateData(
                table: "feed_head",
                keyColumn: "id",
                keyValue: 1,
                columns: new[] { "audit_hash", "audited" },
                values: new object[] { "0000000000000000000000000000000000000000000000000000000000000000", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_behind_id",
                table: "recommendations",
                column: "behind_id");

            migrationBuilder.CreateIndex(
                name: "IX_recommendations_need_id_created_at",
                table: "recommendations",
                columns: new[] { "need_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_trail_entity_id_id",
                table: "audit_trail",
                columns: new[] { "entity_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_updated_at",
                table: "deliveries",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_webhook_id_recommendation_id",
                table: "deliveries",
                columns: new[] { "webhook_id", "recommendation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliveries_pending",
                table: "deliveries",
                column: "webhook_id",
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "IX_digests_due_at",
                table: "digests",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_digests_enterprise_id_address",
                table: "digests",
                columns: new[] { "enterprise_id", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_digests_institution_id_address",
                table: "digests",
                columns: new[] { "institution_id", "address" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_digests_unsubscribe_token",
                table: "digests",
                column: "unsubscribe_token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_need_feeds_need_id",
                table: "need_feeds",
                column: "need_id");

            migrationBuilder.CreateIndex(
                name: "IX_need_feeds_token_hash",
                table: "need_feeds",
                column: "token_hash",
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_webhooks_enterprise_id",
                table: "webhooks",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "IX_webhooks_institution_id",
                table: "webhooks",
                column: "institution_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "deliveries");

            migrationBuilder.DropTable(
                name: "digests");

            migrationBuilder.DropTable(
                name: "erased_persons");

            migrationBuilder.DropTable(
                name: "matching_nodes");

            migrationBuilder.DropTable(
                name: "need_feeds");

            migrationBuilder.DropTable(
                name: "need_invitations");

            migrationBuilder.DropTable(
                name: "revoked_tokens");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropIndex(
                name: "IX_recommendations_behind_id",
                table: "recommendations");

            migrationBuilder.DropIndex(
                name: "IX_recommendations_need_id_created_at",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "adjustment",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_modes",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_price",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "answered_readiness",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "behind_id",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "filing",
                table: "recommendations");

            migrationBuilder.DropColumn(
                name: "audit_hash",
                table: "feed_head");

            migrationBuilder.DropColumn(
                name: "audited",
                table: "feed_head");
        }
    }
}
