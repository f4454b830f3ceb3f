# A small organization by hand: the management account, and by the deploy role a source and a destination.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias               = "source"
  region              = "us-east-1"
  allowed_account_ids = ["111111111111"]
  assume_role { role_arn = "arn:aws:iam::111111111111:role/deploy" }
  default_tags { tags = { Owner = "backup" } }
}

provider "aws" {
  alias               = "destination"
  region              = "eu-west-1"
  allowed_account_ids = ["222222222222"]
  assume_role { role_arn = "arn:aws:iam::222222222222:role/deploy" }
}

data "aws_organizations_organization" "here" {
  lifecycle {
    postcondition {
      condition     = self.id == "o-abc1234567" && contains(self.enabled_policy_types, "SERVICE_CONTROL_POLICY")
      error_message = "another organization"
    }
  }
}

resource "aws_backup_global_settings" "all" {
  global_settings = {
    isCrossAccountBackupEnabled     = "true"
    isDelegatedAdministratorEnabled = "true"
    isMpaEnabled                    = "false"
  }
}

resource "aws_backup_region_settings" "source" {
  provider = aws.source
  resource_type_opt_in_preference = { for type in [
    "Aurora", "CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "EKS", "FSx", "Neptune", "RDS",
    "Redshift", "Redshift Serverless", "S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine"
  ] : type => type != "VirtualMachine" }
  resource_type_management_preference = { DynamoDB = true, EFS = true }
  lifecycle {
    ignore_changes = [
      resource_type_management_preference["CloudFormation"],
      resource_type_management_preference["DSQL"],
    ]
  }
}

resource "aws_organizations_delegated_administrator" "backup" {
  account_id        = "222222222222"
  service_principal = "backup.amazonaws.com"
}

resource "aws_organizations_policy" "guard" {
  name    = "guard"
  type    = "SERVICE_CONTROL_POLICY"
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "KeepVaults", Effect = "Deny", Action = "backup:DeleteBackupVault", Resource = "*" }] })
  tags    = { Owner = "backup" }
}

resource "aws_organizations_policy_attachment" "guard" {
  policy_id = aws_organizations_policy.guard.id
  target_id = "ou-abc1-workloads"
}

resource "aws_organizations_policy" "backup" {
  name    = "daily"
  type    = "BACKUP_POLICY"
  content = jsonencode({ plans = { daily = { regions = { "@@assign" = ["us-east-1"] } } } })
}

resource "aws_organizations_resource_policy" "delegate" {
  content = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Read", Effect = "Allow", Principal = { AWS = "arn:aws:iam::222222222222:root" }, Action = ["organizations:DescribeOrganization"], Resource = "*" }] })
}

resource "aws_kms_key" "destination" {
  provider                = aws.destination
  description             = "copies"
  deletion_window_in_days = 7
}

resource "aws_backup_vault" "destination" {
  provider    = aws.destination
  name        = "copies"
  kms_key_arn = aws_kms_key.destination.arn
}

resource "aws_backup_vault_policy" "destination" {
  provider          = aws.destination
  backup_vault_name = aws_backup_vault.destination.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Sid       = "AllowSourcesToCopyIn", Effect = "Allow", Principal = "*", Action = "backup:CopyIntoBackupVault", Resource = "*",
    Condition = { StringEquals = { "aws:PrincipalOrgID" = data.aws_organizations_organization.here.id } }
  }] })
}

resource "aws_backup_vault_lock_configuration" "destination" {
  provider            = aws.destination
  backup_vault_name   = aws_backup_vault.destination.name
  changeable_for_days = 3
  min_retention_days  = 7
  max_retention_days  = 400
}

resource "aws_sns_topic" "jobs" {
  provider = aws.destination
  name     = "jobs"
}

resource "aws_backup_vault_notifications" "destination" {
  provider            = aws.destination
  backup_vault_name   = aws_backup_vault.destination.name
  sns_topic_arn       = aws_sns_topic.jobs.arn
  backup_vault_events = ["COPY_JOB_STARTED", "COPY_JOB_FAILED"]
}

resource "aws_backup_vault" "source" {
  provider = aws.source
  name     = "main"
  tags     = { Team = "payments" }
}

resource "aws_iam_role" "backup" {
  provider           = aws.source
  name               = "backup"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "backup.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_backup_plan" "daily" {
  provider = aws.source
  name     = "daily"
  rule {
    rule_name         = "daily-kept-35-days"
    target_vault_name = aws_backup_vault.source.name
    schedule          = "cron(0 3 ? * * *)"
    start_window      = 480
    completion_window = 10080
    lifecycle { delete_after = 35 }
    recovery_point_tags = { Plan = "daily" }
    copy_action {
      destination_vault_arn = aws_backup_vault.destination.arn
      lifecycle { delete_after = 365 }
    }
  }
  rule {
    rule_name         = "monthly-kept-400-days"
    target_vault_name = aws_backup_vault.source.name
    schedule          = "cron(0 3 1 * ? *)"
    lifecycle {
      cold_storage_after = 30
      delete_after       = 400
    }
  }
  advanced_backup_setting {
    backup_options = { WindowsVSS = "enabled" }
    resource_type  = "EC2"
  }
}

resource "aws_backup_selection" "tagged" {
  provider     = aws.source
  name         = "tagged"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["*"]
  condition {
    string_equals {
      key   = "aws:ResourceTag/Backup"
      value = "true"
    }
  }
}

resource "aws_backup_logically_air_gapped_vault" "destination" {
  provider           = aws.destination
  name               = "gap"
  min_retention_days = 7
  max_retention_days = 400
  tags               = { Team = "payments" }
}

resource "aws_backup_framework" "destination" {
  provider = aws.destination
  name     = "copies"
  control {
    name = "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK"
    input_parameter {
      name  = "requiredRetentionDays"
      value = "35"
    }
  }
  control { name = "BACKUP_RECOVERY_POINT_ENCRYPTED" }
}

resource "aws_backup_report_plan" "destination" {
  provider = aws.destination
  name     = "jobs"
  report_delivery_channel {
    formats        = ["CSV"]
    s3_bucket_name = "reports"
  }
  report_setting { report_template = "COPY_JOB_REPORT" }
}

resource "aws_backup_restore_testing_plan" "destination" {
  provider            = aws.destination
  name                = "weekly"
  schedule_expression = "cron(0 3 ? * 1 *)"
  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = [aws_backup_vault.destination.arn]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "destination" {
  provider                  = aws.destination
  name                      = "volumes"
  restore_testing_plan_name = aws_backup_restore_testing_plan.destination.name
  protected_resource_type   = "EBS"
  iam_role_arn              = "arn:aws:iam::222222222222:role/restore"
  protected_resource_arns   = ["*"]
  validation_window_hours   = 4
}
