<?php
/**
 * A maintenance script: creates the accounts listed as JSON on standard input,
 * many in one go.  An account that exists is given what it lacks.
 */

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\MediaWikiServices;

class FarmAccounts extends Maintenance {

	/** @inheritDoc */
	public function execute() {
		$accounts = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
		$this->beginTransaction( $this->getDB( DB_PRIMARY ), __METHOD__ );
		foreach ( $accounts as $account ) {
			$this->ensureAccount( $account );
		}
		$this->commitTransaction( $this->getDB( DB_PRIMARY ), __METHOD__ );
	}

	private function ensureAccount( array $account ): void {
		$services = MediaWikiServices::getInstance();
		// MediaWiki 1.43 keeps the names of temporary accounts for itself to create.
		$rigor = $services->getUserNameUtils()->isTemp( $account['name'] ) ? 'valid' : 'creatable';
		$user = $services->getUserFactory()->newFromName( $account['name'], $rigor );
		if ( !$user ) {
			$this->fatalError( "Not a name for an account: {$account['name']}" );
		}
		if ( !$user->isRegistered() ) {
			$user->addToDatabase();
		}
		if ( $account['password'] !== null ) {
			$this->setPassword( $user, $account['password'] );
		}
		foreach ( $account['groups'] as $group ) {
			MediaWikiServices::getInstance()->getUserGroupManager()->addUserToGroup( $user, $group );
		}
		if ( $account['bot_password'] !== null ) {
			$this->setBotPassword( $user, $account['bot_password'] );
		}
		if ( $account['registered'] !== null ) {
			$this->setRegistration( $user, $account['registered'] );
		}
	}

	private function setPassword( User $user, string $password ): void {
		$status = $user->changeAuthenticationData( [
			'username' => $user->getName(),
			'password' => $password,
			'retype' => $password,
		] );
		if ( !$status->isGood() ) {
			$this->fatalError( $status->getMessage( false, false, 'en' )->text() );
		}
	}

	private function setBotPassword( User $user, array $bot ): void {
		$password = MediaWikiServices::getInstance()->getPasswordFactory()
			->newFromPlaintext( $bot['password'] );
		$fields = [ 'user' => $user, 'appId' => $bot['suffix'], 'grants' => $bot['grants'] ];
		$exists = BotPassword::newFromUser( $user, $bot['suffix'] );
		$status = BotPassword::newUnsaved( $fields )->save( $exists ? 'update' : 'insert', $password );
		if ( !$status->isGood() ) {
			$this->fatalError( "No bot password for {$user->getName()}" );
		}
	}

	private function setRegistration( User $user, string $registered ): void {
		$db = $this->getDB( DB_PRIMARY );
		$db->update(
			'user',
			[ 'user_registration' => $db->timestamp( $registered ) ],
			[ 'user_id' => $user->getId() ],
			__METHOD__
		);
	}
}

$maintClass = FarmAccounts::class;
require_once RUN_MAINTENANCE_IF_MAIN;
