<?php

namespace FarmSiteMatrix;

use ApiBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * action=sitematrix, answered from wikis.json and states.json.
 *
 * The shape is that of includes/ApiSiteMatrix.php (SiteMatrix REL1_43).
 */
class ApiSiteMatrix extends ApiBase {

	private const STATES = [ 'closed', 'private', 'fishbowl', 'nonglobal' ];
	private const PROPERTIES = [ 'url', 'dbname', 'code', 'lang', 'sitename' ];

	/** @param \ApiMain $main @param string $moduleName */
	public function __construct( $main, $moduleName ) {
		parent::__construct( $main, $moduleName, 'sm' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$matrix = new Matrix( $this->getConfig()->get( 'FarmSiteMatrixRun' ) );
		$answer = [ 'count' => $matrix->count() ];
		if ( in_array( 'language', $params['type'] ) ) {
			foreach ( $matrix->languages() as $group ) {
				$answer[] = $this->language( $group, $params );
			}
		}
		ApiResult::setIndexedTagName( $answer, 'language' );
		if ( in_array( 'special', $params['type'] ) ) {
			// These are always told whole.
			$keys = array_merge( self::PROPERTIES, self::STATES );
			$answer['specials'] = self::sites( $matrix->specials(), $keys, $params['state'] );
		}
		$this->getResult()->addValue( null, $this->getModuleName(), $answer );
	}

	/** One language with its wikis, of which there may be none in the states that are asked for. */
	private function language( array $group, array $params ): array {
		$names = new LanguageNames( $this->getLanguage()->getCode() );
		$all = [
			'code' => $group['code'],
			'name' => $names->own( $group['code'] ),
			// A wiki of a language can be closed; the other states are those of special wikis.
			'site' => self::sites( $group['site'], array_merge( $params['siteprop'], [ 'closed' ] ), $params['state'] ),
			'localname' => $names->local( $group['code'] ),
			'dir' => $names->direction( $group['site'][0]['lang'] ),
		];
		return array_intersect_key( $all, array_fill_keys( $params['langprop'], true ) );
	}

	private static function sites( array $sites, array $keys, array $states ): array {
		$told = [];
		foreach ( $sites as $site ) {
			$site = array_intersect_key( $site, array_flip( $keys ) );
			if ( in_array( 'all', $states ) || array_intersect_key( $site, array_flip( $states ) ) ) {
				$told[] = $site;
			}
		}
		ApiResult::setIndexedTagName( $told, 'site' );
		return $told;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'type' => self::several( [ 'special', 'language' ] ),
			'state' => self::several( array_merge( [ 'all' ], self::STATES ), 'all' ),
			'langprop' => self::several( [ 'code', 'name', 'site', 'localname', 'dir' ] ),
			'siteprop' => self::several( self::PROPERTIES, 'url|dbname|code|sitename' ),
		];
	}

	private static function several( array $values, ?string $default = null ): array {
		return [
			ParamValidator::PARAM_DEFAULT => $default ?? implode( '|', $values ),
			ParamValidator::PARAM_TYPE => $values,
			ParamValidator::PARAM_ISMULTI => true,
		];
	}
}
