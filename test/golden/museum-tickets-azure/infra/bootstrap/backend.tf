# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# State lies beside that of infra/container-apps.

# The storage account is named at init, so that the same code serves every environment. It takes identities and no keys,
# locks by itself, and keeps every version.
terraform {
  backend "azurerm" {
    container_name   = "state"
    key              = "bootstrap.tfstate"
    use_azuread_auth = true
  }
}
