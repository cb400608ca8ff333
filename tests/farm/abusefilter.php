<?php
/**
 * A maintenance script: makes the filter described as JSON on standard input
 * and prints its number.  AbuseFilter must be loaded.
 */

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use MediaWiki\Extension\AbuseFilter\AbuseFilterServices;
use MediaWiki\Extension\AbuseFilter\Filter\MutableFilter;
use MediaWiki\MediaWikiServices;

class FarmAbuseFilter extends Maintenance {

	public function __construct() {
		parent::__construct();
		$this->requireExtension( 'Abuse Filter' );
	}

	/** @inheritDoc */
	public function execute() {
		$order = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
		$performer = MediaWikiServices::getInstance()->getUserFactory()->newFromName( $order['performer'] );
		// The same way in as Special:AbuseFilter's, so that the rules are checked.
		$status = AbuseFilterServices::getFilterStore()
			->saveFilter( $performer, null, $this->makeFilter( $order ), MutableFilter::newDefault() );
		if ( !$status->isGood() ) {
			$this->fatalError( $status->getMessage( false, false, 'en' )->text() );
		}
		$this->output( $status->getValue()[0] . "\n" );
	}

	private function makeFilter( array $order ): MutableFilter {
		$filter = MutableFilter::newDefault();
		$filter->setRules( $order['rules'] );
		$filter->setName( $order['description'] );
		$filter->setGroup( 'default' );
		$filter->setActions( $order['actions'] );
		return $filter;
	}
}

$maintClass = FarmAbuseFilter::class;
require_once RUN_MAINTENANCE_IF_MAIN;
